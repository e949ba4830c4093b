package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LoggingTest {

    @Test
    void aJsonLineHasTheMessageAsItReadsAndItsKeys() throws Exception {
        // Given
        var logger = new LoggerContext().getLogger("pgherd");
        var event = new LoggingEvent("", logger, Level.INFO, "new leader {}", null, new Object[] {"one"});
        event.setKeyValuePairs(List.of(new KeyValuePair("namespace", "shop")));

        // When
        var line = new ObjectMapper().readTree(Logging.json().encode(event));

        // Then
        assertThat(line.path("formattedMessage").asText()).isEqualTo("new leader one");
        assertThat(line.path("kvpList").toString()).contains("namespace", "shop");
        assertThat(line.has("message")).isFalse();
    }
}
