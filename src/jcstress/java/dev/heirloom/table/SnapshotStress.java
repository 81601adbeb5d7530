package dev.heirloom.table;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * What a snapshot pins is not pruned, and when it is closed nothing is kept. The result: the two rows in the snapshot,
 * and how many keys keep old versions in the end.
 */
@JCStressTest
@Outcome(
        id = {"0, 0, 0", "1, 1, 0", "2, 2, 0"},
        expect = ACCEPTABLE,
        desc = "one commit")
@Outcome(expect = FORBIDDEN, desc = "a row of another commit, or none, or old versions left behind")
@State
public class SnapshotStress {
    private final TwoRows rows = new TwoRows();

    @Actor
    public void writer() {
        rows.write(1);
        rows.write(2);
    }

    @Actor
    public void reader(III_Result found) {
        try (Snapshot<Integer, TwoRows.Row> snapshot = rows.table.snapshot()) {
            found.r1 = TwoRows.valueOf(snapshot, 1);
            found.r2 = TwoRows.valueOf(snapshot, 2);
        }
    }

    @Arbiter
    public void inTheEnd(III_Result found) {
        rows.table.releaseAbandonedSnapshots();
        found.r3 = rows.table.commits().retention.retained().size();
    }
}
