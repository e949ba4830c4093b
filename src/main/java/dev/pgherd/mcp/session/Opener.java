package dev.pgherd.mcp.session;

import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.tool.ClientCapabilities;

/**
 * Who opens a session, from where, and what it can be asked.
 *
 * @param revision which it speaks from then on
 */
record Opener(String address, Credentials credentials, ClientCapabilities capabilities, String revision) {}
