package dev.heirloom.ets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.ets.Replay.Replayed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sizes that OTP 25.2.3 gives after each of some operations on a table that is fixed. It gives 2^64-1 for -1. */
@ExtendWith(Quiet.class)
class MiscountTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bag | insert t0 {i1,aa}; insert t0 {i1,ab}; delete_object t0 {i1,ab}; take t0 i1 | 1 2 1 0",
                "bag | insert t0 {i1,aa}; insert t0 {i1,ab}; delete_object t0 {i1,aa}; take t0 i1 | 1 2 1 0",
                "bag | insert t0 {i1,aa}; insert t0 {i1,ab}; delete t0 i1; insert t0 {i1,ac}; take t0 i1 | 1 2 0 1 -1",
                "bag | insert t0 {i1,aa}; take t0 i1; insert t0 {i1,ab}; take t0 i1; insert t0 {i1,ac}; take t0 i1 | 1 0 1 -1 0 -2",
                "bag | insert t0 {i1,aa}; delete_object t0 {i1,aa}; insert t0 {i1,ab}; take t0 i1 | 1 0 1 -1",
                "bag | insert t0 {i1,aa}; insert t0 {i1,ab}; delete t0 i1; insert t0 {i1,aa}; take t0 i1 | 1 2 0 1 -1",
                "bag | insert t0 {i1,aa}; insert t0 {i1,ab}; delete t0 i1; insert t0 {i1,ab}; take t0 i1 | 1 2 0 1 0",
                "bag | insert t0 {i1,aa}; insert t0 {i1,ab}; delete_all_objects t0; insert t0 {i1,ac}; take t0 i1 | 1 2 0 1 -2",
                "bag | insert t0 {i1,aa}; take t0 i1; insert t0 {i1,ab}; take t0 i1; delete_all_objects t0 | 1 0 1 -1 0",
                "bag | insert t0 {i1,aa}; take t0 i1; insert t0 {i1,ab}; take t0 i1; unfix t0; insert t0 {i1,ab} | 1 0 1 -1 -1 0",
                "duplicate_bag | insert t0 {i1,aa}; insert t0 {i1,ab}; delete t0 i1; insert t0 {i1,aa}; take t0 i1 | 1 2 0 1 -1",
                "bag | insert t0 [{i1,aa},{i1,ab},{i1,ac}]; take t0 i1; insert t0 {i1,ad}; take t0 i1 | 3 0 1 -1",
                "bag | insert t0 [{i1,aa},{i1,ab},{i1,ac}]; delete_all_objects t0; insert t0 {i1,ab}; take t0 i1 | 3 0 1 -2",
                "bag | insert t0 {i1,aa}; insert t0 {i1,ab}; delete_object t0 {i1,ab}; insert t0 {i1,ac}; take t0 i1 | 1 2 1 2 -1",
                "bag | insert t0 {i1,aa}; insert t0 {i1,ab}; delete_object t0 {i1,aa}; insert t0 {i1,ac}; take t0 i1 | 1 2 1 2 0",
                "set | insert t0 {i1,aa}; take t0 i1; insert t0 {i1,ab}; take t0 i1 | 1 0 1 0"
            })
    void sizes(String type, String operations, String expected) {
        Stream<String> program = Stream.concat(
                Stream.of("new t0 " + type + " public 1", "fix t0"),
                Arrays.stream(operations.split("; ", -1)).flatMap(each -> Stream.of(each, "size t0")));
        List<Replayed> lines = Replay.run(program.toList());
        String sizes = lines.stream()
                .filter(line -> line.input().equals("size t0"))
                .map(line -> String.valueOf(Long.parseUnsignedLong(line.output())))
                .collect(Collectors.joining(" "));
        assertThat(sizes).isEqualTo(expected);
    }
}
