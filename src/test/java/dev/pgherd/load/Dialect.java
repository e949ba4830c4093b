package dev.pgherd.load;

import java.io.IOException;

/** How a client of one revision calls a tool. */
enum Dialect {
    /** Revision 2026-07-28. */
    STATELESS {
        @Override
        String[] open(RawConnection connection) {
            return new String[] {"MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call"};
        }

        @Override
        byte[] call(String[] session, String tool, String arguments) {
            var params = """
                    "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                    "io.modelcontextprotocol/clientCapabilities":{},\
                    "io.modelcontextprotocol/clientInfo":{"name":"load","version":"1"}},""";
            return RawRequest.post(PATH, body(params, tool, arguments), session[0], session[1], "Mcp-Name: " + tool);
        }
    },

    /** Revision 2025-11-25 of a client that opens no session. */
    WITHOUT_SESSION {
        @Override
        String[] open(RawConnection connection) {
            return new String[] {VERSION};
        }

        @Override
        byte[] call(String[] session, String tool, String arguments) {
            return RawRequest.post(PATH, body("", tool, arguments), session);
        }
    },

    /** Revision 2025-11-25 as most clients use it. */
    SESSION {
        @Override
        String[] open(RawConnection connection) throws IOException {
            var status = connection.exchange(RawRequest.post(PATH, INITIALIZE));
            var id = connection.header("Mcp-Session-Id");
            if (status != 200) {
                throw new IOException("initialize: " + status + " " + connection.body());
            }
            var session = id.map(it -> new String[] {VERSION, "Mcp-Session-Id: " + it})
                    .orElse(new String[] {VERSION});
            var accepted = connection.exchange(
                    RawRequest.post(PATH, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", session));
            if (accepted != 202) {
                throw new IOException("initialized: " + accepted + " " + connection.body());
            }
            return session;
        }

        @Override
        byte[] call(String[] session, String tool, String arguments) {
            return RawRequest.post(PATH, body("", tool, arguments), session);
        }
    };

    private static final String PATH = "/mcp";
    private static final String VERSION = "MCP-Protocol-Version: 2025-11-25";
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
            "clientInfo":{"name":"load","version":"1"}}}""";

    /** Header lines that later calls carry. */
    abstract String[] open(RawConnection connection) throws IOException;

    abstract byte[] call(String[] session, String tool, String arguments);

    static String body(String more, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{" + more + "\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }
}
