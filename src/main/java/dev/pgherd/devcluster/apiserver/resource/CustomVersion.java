package dev.pgherd.devcluster.apiserver.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a CustomResourceDefinition says of one version: its schema, columns and the fields to select by. */
public record CustomVersion(JsonNode schema, JsonNode columns, List<String> selectableFields) {}
