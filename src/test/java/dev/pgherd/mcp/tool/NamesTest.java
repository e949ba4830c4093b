package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @Test
    void madeUpNamesAreLabelsAndDiffer() {
        // When
        var names = Stream.generate(new NameGenerator(new Random(1))::next)
                .limit(1000)
                .toList();

        // Then
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+-[a-z]+-[a-z2-9]{5}"));
    }

    @ParameterizedTest
    @CsvSource({"shop, shop, 0", "shop, shops, 1", "shop, hop, 1", "shop, chop, 1", "'', shop, 4", "abc, xyz, 3"})
    void distanceCountsChangedCharacters(String one, String other, int distance) {
        assertThat(NameDistance.between(one, other)).isEqualTo(distance);
        assertThat(NameDistance.between(other, one)).isEqualTo(distance);
    }
}
