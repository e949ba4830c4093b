package dev.pgherd.sql.guard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** Identifiers as PostgreSQL understands them. */
final class Words {

    private static final int MAX_BYTES = 63;
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private Words() {}

    /** The identifier that a rule of one word stands for. */
    static String of(ParserRuleContext word) {
        var token = word.getStart();
        var text = token.getText();
        return cut(token.getType() == SQLLexer.QuotedIdentifier ? text : text.toLowerCase(Locale.ROOT));
    }

    static Name of(SQLParser.Schema_qualified_nameContext name) {
        var parts = new ArrayList<>(List.of(of(name.identifier())));
        name.identifier_reserved().forEach(part -> parts.add(of(part)));
        var last = parts.size() - 1;
        return new Name(last == 0 ? "" : parts.get(last - 1), parts.get(last));
    }

    static Name of(SQLParser.Schema_qualified_name_nontypeContext name) {
        return name.schema == null
                ? new Name("", of(name.identifier_nontype()))
                : new Name(of(name.schema), of(name.identifier_reserved_nontype()));
    }

    private static String cut(String identifier) {
        var bytes = identifier.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return identifier;
        }
        var end = MAX_BYTES;
        while ((bytes[end] & CONTINUATION_MASK) == CONTINUATION) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
