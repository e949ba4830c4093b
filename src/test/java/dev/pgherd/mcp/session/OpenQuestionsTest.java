package dev.pgherd.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import org.junit.jupiter.api.Test;

class OpenQuestionsTest {

    @Test
    void aClientHasFourOpenQuestionsAndTheNextWhenOneIsDone() {
        // Given
        var questions = new OpenQuestions("a", QuestionPlaces.usual());
        for (var id = 0; id < 4; id++) {
            assertThat(questions.expect(IntNode.valueOf(id))).isPresent();
        }
        assertThat(questions.expect(IntNode.valueOf(4))).isEmpty();

        // When
        questions.forget(IntNode.valueOf(2));

        // Then
        assertThat(questions.expect(IntNode.valueOf(4))).isPresent();
    }

    @Test
    void allClientsShareThePlacesAndNoneIsLostByARefusal() {
        // Given
        var places = new QuestionPlaces(1, 1);
        var first = new OpenQuestions("a", places);
        var second = new OpenQuestions("b", places);
        first.expect(IntNode.valueOf(0));
        for (var attempt = 0; attempt < 5; attempt++) {
            assertThat(second.expect(IntNode.valueOf(attempt))).isEmpty();
        }

        // When
        first.forget(IntNode.valueOf(0));

        // Then
        assertThat(second.expect(IntNode.valueOf(0))).isPresent();
    }

    @Test
    void theSessionsOfOneAddressDoNotTakeThePlacesOfOthers() {
        // Given
        var places = new QuestionPlaces(3, 2);
        var first = new OpenQuestions("a", places);
        var second = new OpenQuestions("a", places);
        first.expect(IntNode.valueOf(0));
        second.expect(IntNode.valueOf(0));
        assertThat(second.expect(IntNode.valueOf(1))).isEmpty();

        // Then
        assertThat(new OpenQuestions("b", places).expect(IntNode.valueOf(0))).isPresent();
        first.forget(IntNode.valueOf(0));
        assertThat(second.expect(IntNode.valueOf(1))).isPresent();
    }
}
