package dev.pgherd.devcluster.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

    @Test
    void takesTheSuperusersPasswordAndNoOther() throws Exception {
        try (var server = PostgresServer.start()) {
            try (var connection = server.connect("postgres", server.superuserPassword(), "postgres")) {
                assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(17);
            }
            assertThatThrownBy(() ->
                            server.connect("postgres", "wrong", "postgres").close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }
}
