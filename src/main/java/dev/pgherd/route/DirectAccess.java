package dev.pgherd.route;

import dev.pgherd.api.v1alpha1.Endpoint;
import java.util.Optional;
import java.util.Set;
import org.postgresql.ds.common.BaseDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/**
 * How a server is reached that PgHerd does not run: at its own address, encrypted as whoever registered it says.
 *
 * @param sslMode in libpq's words
 * @param authorities PEM certificates that verify the server's; Java's own where empty
 */
public record DirectAccess(String sslMode, Optional<String> authorities) {

    /** With these anybody on the way can have the connection without encryption. */
    private static final Set<String> PLAIN = Set.of("disable", "allow", "prefer");

    private static final Set<String> VERIFYING = Set.of("verify-ca", "verify-full");

    public void applyTo(BaseDataSource source, Endpoint endpoint) {
        source.setServerNames(new String[] {bracketed(endpoint.host())});
        source.setPortNumbers(new int[] {endpoint.port()});
        source.setSslMode(sslMode);
        if (PLAIN.contains(sslMode)) {
            // The driver would answer a server that asks for the password itself, whoever that server is.
            source.setRequireAuth("!password");
        } else if (authorities.isPresent()) {
            source.setSslfactory(TrustedAuthorities.class.getName());
            source.setSslfactoryarg(authorities.get());
        } else if (VERIFYING.contains(sslMode)) {
            source.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
