package dev.pgherd.config;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether each instance has tools of its own, for clients that want a tool a database.
 *
 * @param prefix what the names of such tools begin with
 */
public record InstanceToolConfig(boolean offered, String prefix) {

    public static final String OFFERED = "PGHERD_MCP_INSTANCE_TOOLS";
    public static final String PREFIX = "PGHERD_MCP_INSTANCE_TOOL_PREFIX";

    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9_-]{0,16}");

    /**
     * Reads the two settings.
     *
     * @throws InvalidSettingException for a value that cannot be used
     */
    public static InstanceToolConfig from(Map<String, String> environment) {
        var settings = new Settings(environment);
        var prefix = settings.text(PREFIX, "");
        if (!ALLOWED.matcher(prefix).matches()) {
            throw new InvalidSettingException(PREFIX, prefix, "at most 16 letters, digits, '_' and '-'");
        }
        return new InstanceToolConfig(settings.flag(OFFERED, false), prefix);
    }
}
