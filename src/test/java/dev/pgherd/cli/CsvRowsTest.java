package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class CsvRowsTest {

    @Test
    void everyValueIsAsACsvReaderWantsIt() throws Exception {
        var result = new ObjectMapper().readTree("""
                {"columns": [{"name": "n", "type": "int4"}, {"name": "a,b", "type": "text"}, {"name": "j", "type": "jsonb"}],
                 "rows": [[1, "x\\ny", {"k": "v"}], [null, "", "s"]], "row_count": 2}""");

        assertThat(CsvRows.of(result))
                .isEqualTo("n,\"a,b\",j\r\n1,\"x\ny\",\"{\"\"k\"\":\"\"v\"\"}\"\r\n,\"\",\"\"\"s\"\"\"\r\n");
    }

    @Test
    void nothingIsLeftOutHoweverMuchItIs() throws Exception {
        var rows = "[\"%s\"],".formatted("x".repeat(999)).repeat(100);
        var result = new ObjectMapper()
                .readTree("{\"columns\": [{\"name\": \"t\", \"type\": \"text\"}], \"rows\": [%s[\"last\"]]}"
                        .formatted(rows));

        assertThat(CsvRows.of(result)).hasSizeGreaterThan(100_000).endsWith("\r\nlast\r\n");
    }
}
