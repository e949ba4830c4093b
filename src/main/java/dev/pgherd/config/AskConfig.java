package dev.pgherd.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How questions in plain words become SQL.
 *
 * @param endpoint a server with OpenAI's protocol, for clients that do not lend their own model
 * @param contextCharacters how much of a database's schema a model is shown
 * @param repairs how often a model may mend a statement that PostgreSQL refused
 * @param timeout for one answer of the endpoint, retries included
 */
public record AskConfig(Optional<Endpoint> endpoint, int contextCharacters, int repairs, Duration timeout) {

    public static final String BASE_URL = "PGHERD_ASK_BASE_URL";
    public static final String MODEL = "PGHERD_ASK_MODEL";
    public static final String API_KEY_FILE = "PGHERD_ASK_API_KEY_FILE";
    public static final String API_KEY_SECRET = "PGHERD_ASK_API_KEY_SECRET";
    public static final String CONTEXT_CHARACTERS = "PGHERD_ASK_CONTEXT_CHARACTERS";
    public static final String REPAIRS = "PGHERD_ASK_REPAIRS";
    public static final String TIMEOUT_SECONDS = "PGHERD_ASK_TIMEOUT_SECONDS";

    /** A model that answers over HTTP. */
    public record Endpoint(String baseUrl, String model, ApiKeySource key) {}

    static AskConfig from(Map<String, String> environment) {
        var settings = new Settings(environment);
        return new AskConfig(
                endpoint(settings),
                settings.integer(CONTEXT_CHARACTERS, 16_000, 1000, 1_000_000),
                settings.integer(REPAIRS, 2, 0, 10),
                settings.seconds(TIMEOUT_SECONDS, Duration.ofMinutes(1), 1, 600));
    }

    private static Optional<Endpoint> endpoint(Settings settings) {
        return settings.find(BASE_URL).map(url -> {
            requireUrl(url);
            var model = settings.find(MODEL)
                    .orElseThrow(() -> new InvalidSettingException(
                            MODEL, "", "the name of a model at %s, which is set".formatted(BASE_URL)));
            return new Endpoint(url, model, ApiKeySource.from(settings));
        });
    }

    /** A password in it would end in logs and errors. */
    private static void requireUrl(String url) {
        try {
            var uri = new URI(url);
            var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static InvalidSettingException invalid() {
        return new InvalidSettingException(
                BASE_URL,
                "not usable",
                "an http or https URL without user, query and fragment, such as https://api.openai.com/v1");
    }
}
