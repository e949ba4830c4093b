package dev.pgherd.route;

import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Why a driver could not connect, in words that say what to do.
 *
 * @param unverified whether somebody answered who may be another than the server that was meant: nothing was told to it,
 *     and trying again does not help
 */
public record ConnectProblem(String message, boolean unverified) {

    public static ConnectProblem of(SQLException e) {
        var message = String.valueOf(e.getMessage());
        if (message.contains("requireAuth")) {
            return new ConnectProblem(
                    "the server asks for the password itself, which is sent only where sslMode is require or stricter",
                    false);
        }
        if (e.getCause() instanceof UnknownHostException) {
            return new ConnectProblem(
                    "no address is known here for this host; correct the host or the DNS (spec.external.host of a"
                            + " server elsewhere)",
                    false);
        }
        if (message.contains("HostnameVerifier")) {
            return new ConnectProblem(
                    "the server's certificate is for another host (" + message + "); register the server under a name"
                            + " that is in its certificate, or with sslMode verify-ca",
                    true);
        }
        if (causes(e).anyMatch(CertificateException.class::isInstance)) {
            return new ConnectProblem(
                    "the server's certificate is not trusted (" + message + "); the authority that signed it belongs"
                            + " into ca.crt of the Secret, or into the file that SSLROOTCERT names",
                    true);
        }
        var cause = e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage());
        return new ConnectProblem(
                cause.isEmpty() || message.contains(cause) ? message : message + " (" + cause + ")", false);
    }

    private static Stream<Throwable> causes(Throwable problem) {
        return Stream.iterate(problem, Objects::nonNull, Throwable::getCause);
    }
}
