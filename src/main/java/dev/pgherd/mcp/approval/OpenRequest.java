package dev.pgherd.mcp.approval;

import dev.pgherd.api.InstanceKey;

/**
 * What a person is asked to approve.
 *
 * @param what all that would happen
 */
public record OpenRequest(InstanceKey instance, ApprovalToken token, String what) {}
