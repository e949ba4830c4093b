package dev.pgherd.mcp.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private static final Pages PAGES = new Pages(2);

    @Test
    void aListThatFitsIsOnePage() {
        assertThat(first("a", "b").has("nextCursor")).isFalse();
        assertThat(first().path("things")).isEmpty();
    }

    @Test
    void everyItemIsOnOnePage() {
        // When
        var first = first("c", "a", "e", "b", "d");
        var second = after(first, "c", "a", "e", "b", "d");
        var third = after(second, "c", "a", "e", "b", "d");

        // Then
        assertThat(names(first)).containsExactly("c", "a");
        assertThat(names(second)).containsExactly("e", "b");
        assertThat(names(third)).containsExactly("d");
        assertThat(third.has("nextCursor")).isFalse();
    }

    @Test
    void whatComesAndGoesBeforeAPageDoesNotMoveIt() {
        // Given
        var first = first("b", "c", "d", "e");

        // Then
        assertThat(names(after(first, "a", "b", "c", "d", "e"))).containsExactly("d", "e");
        assertThat(names(after(first, "c", "d", "e"))).containsExactly("d", "e");
    }

    @Test
    void aListInOrderGoesOnWhereItsLastItemWas() {
        // Given
        var first = first("a", "b", "c", "d");

        // Then
        assertThat(names(after(first, "c", "d"))).containsExactly("c", "d");
        assertThat(names(after(first, "a", "c", "d"))).containsExactly("c", "d");
    }

    @Test
    void ofAnotherListSomethingMayComeTwiceButNothingIsLeftOut() {
        assertThat(names(after(first("d", "c", "b", "a"), "d", "b", "a"))).containsExactly("b", "a");
    }

    @Test
    void aListThatHasBecomeShorterThanThePageWasEnds() {
        assertThat(names(after(first("d", "c", "b", "a")))).isEmpty();
        assertThat(names(after(first("a", "b", "c")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!", "dGhpbmdz", "b3RoZXIKMQph", "dGhpbmdzCi0xCmE", "dGhpbmdzCngKYQ"})
    void aCursorOfAnotherMakingIsRefused(String cursor) {
        assertThatThrownBy(() -> page(TextNode.valueOf(cursor), "a", "b"))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(-32602))
                .hasMessageContaining("Unknown cursor");
    }

    @Test
    void aCursorIsAText() {
        assertThatThrownBy(() -> page(IntNode.valueOf(1), "a")).isInstanceOf(RpcException.class);
    }

    private static ObjectNode first(String... items) {
        return PAGES.answer(
                JsonNodeFactory.instance.objectNode(), "things", List.of(items), item -> item, TextNode::valueOf);
    }

    private static ObjectNode after(JsonNode page, String... items) {
        return page(page.path("nextCursor"), items);
    }

    private static ObjectNode page(JsonNode cursor, String... items) {
        var params = JsonNodeFactory.instance.objectNode().set("cursor", cursor);
        return PAGES.answer(params, "things", List.of(items), item -> item, TextNode::valueOf);
    }

    private static List<String> names(ObjectNode page) {
        return page.path("things").valueStream().map(JsonNode::asText).toList();
    }
}
