package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values that chance has made come back from the server as they went in. */
class ValueRoundTripTest {

    private static final int ROUNDS = 300;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] ALPHABET = "aZ09 \t\n\r\"'\\{},/<>$?;é漢\uFEFF\u2028\u0001🐘NULLnull"
            .codePoints()
            .toArray();

    private static AgentDatabase database;
    private static Connection connection;

    private final Random random = new Random(20_261_121);

    @BeforeAll
    static void start() throws SQLException {
        database = AgentDatabase.start();
        connection = database.reader();
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void text() throws SQLException {
        for (var i = 0; i < ROUNDS; i++) {
            var text = word();
            assertThat(back("text", text).asText()).isEqualTo(text);
        }
    }

    @Test
    void listsOfText() throws SQLException {
        for (var i = 0; i < ROUNDS; i++) {
            var list = new ArrayList<@Nullable String>();
            for (var n = random.nextInt(5); n > 0; n--) {
                list.add(random.nextInt(5) == 0 ? null : word());
            }
            assertThat(back("text[]", list)).isEqualTo(JSON.valueToTree(list));
        }
    }

    @Test
    void documents() throws SQLException {
        for (var i = 0; i < ROUNDS; i++) {
            var document = random.nextBoolean() ? object(4) : list(4);
            assertThat(back("jsonb", document)).isEqualTo(JSON.valueToTree(document));
        }
    }

    @Test
    void numbersOfAnyLength() throws SQLException {
        for (var i = 0; i < ROUNDS; i++) {
            var number = new BigDecimal(new BigInteger(random.nextInt(400), random), random.nextInt(60));
            assertThat(back("numeric", number.toPlainString()).asText()).isEqualTo(number.toPlainString());
            var whole = random.nextLong() >> random.nextInt(64);
            assertThat(back("int8", whole).asText()).isEqualTo(Long.toString(whole));
        }
    }

    @Test
    void doublesToTheLastBit() throws SQLException {
        for (var i = 0; i < ROUNDS; i++) {
            var number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertThat(back("float8", number).asDouble()).isEqualTo(number);
            }
        }
    }

    @Test
    void bytes() throws SQLException {
        for (var i = 0; i < ROUNDS; i++) {
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            var base64 = Base64.getEncoder().encodeToString(bytes);
            assertThat(rows(SqlRequest.of("SELECT decode($1, 'base64')", base64))
                            .asText())
                    .isEqualTo(base64);
        }
    }

    private @Nullable Object document(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> word();
            case 1 -> random.nextInt();
            case 2 -> random.nextBoolean();
            case 3 -> null;
            case 4 -> list(depth - 1);
            default -> object(depth - 1);
        };
    }

    private List<@Nullable Object> list(int depth) {
        var list = new ArrayList<@Nullable Object>();
        for (var n = random.nextInt(4); n > 0; n--) {
            list.add(document(depth));
        }
        return list;
    }

    private Object object(int depth) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (var n = random.nextInt(4); n > 0; n--) {
            object.put(word(), document(depth));
        }
        return object;
    }

    private String word() {
        var word = new StringBuilder();
        for (var n = random.nextInt(12); n > 0; n--) {
            word.appendCodePoint(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return word.toString();
    }

    private static JsonNode back(String type, @Nullable Object value) throws SQLException {
        return rows(SqlRequest.of("SELECT $1::" + type, value));
    }

    private static JsonNode rows(SqlRequest request) throws SQLException {
        var outcome = new SqlRunner().query(connection, request, SqlLimits.defaults());
        assertThat(outcome).isInstanceOf(SqlOutcome.Rows.class);
        return ((SqlOutcome.Rows) outcome).rows().tree().path(0).path(0);
    }
}
