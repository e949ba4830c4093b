package dev.pgherd.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the agents of an endpoint are for, and so which tools they get. */
public enum ToolProfile {
    /** Changes nothing. */
    READ,
    /** Everything that there is. */
    DEVELOP,
    /** Servers and their health; what is in the databases is only read. */
    OPERATE;

    /** The names of its tools. */
    public List<String> tools() {
        return KnownTool.ALL.stream()
                .filter(tool -> tool.profiles().contains(this))
                .map(KnownTool::name)
                .toList();
    }

    static ToolProfile from(Settings settings, String key) {
        var value = settings.text(key, DEVELOP.word());
        return Arrays.stream(values())
                .filter(profile -> profile.word().equals(value))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        key,
                        value,
                        Arrays.stream(values())
                                .map(ToolProfile::word)
                                .collect(Collectors.joining(", ", "one of ", ""))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
