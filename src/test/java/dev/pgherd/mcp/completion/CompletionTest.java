package dev.pgherd.mcp.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompletionTest {

    @Test
    void namesThatBeginWithTheTextComeFirst() {
        assertThat(Completion.of("or", Stream.of("colors", "Orders", "items", "orders_old", "Orders")))
                .isEqualTo(new Completion(List.of("Orders", "orders_old", "colors"), 3));
    }

    @Test
    void withoutATextThereIsEverything() {
        assertThat(Completion.of("", Stream.of("b", "a")).values()).containsExactly("b", "a");
    }

    @Test
    void moreThanAHundredAreCounted() {
        // When
        var json = Completion.of("t", IntStream.range(0, 150).mapToObj(number -> "t" + number))
                .json()
                .path("completion");

        // Then
        assertThat(json.path("values")).hasSize(100);
        assertThat(json.path("total").asInt()).isEqualTo(150);
        assertThat(json.path("hasMore").asBoolean()).isTrue();
    }

    @Test
    void whereNothingFitsThatIsSaid() {
        assertThat(Completion.of("x", Stream.of("a")).json())
                .hasToString("{\"completion\":{\"values\":[],\"total\":0,\"hasMore\":false}}");
    }
}
