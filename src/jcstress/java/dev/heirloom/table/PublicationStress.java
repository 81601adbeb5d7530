package dev.heirloom.table;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A commit becomes visible at one moment, or never. */
final class PublicationStress {
    private PublicationStress() {}

    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "before the commit or after it")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the commit came between the two")
    @Outcome(expect = FORBIDDEN, desc = "half of a commit")
    @State
    public static class TwoFinds {
        private final TwoRows rows = new TwoRows();

        @Actor
        public void writer() {
            rows.write(1);
        }

        @Actor
        public void reader(II_Result found) {
            found.r1 = rows.find(1);
            found.r2 = rows.find(2);
        }
    }

    /** The number of the commit that fails is that of the next. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "0, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "what was committed")
    @Outcome(expect = FORBIDDEN, desc = "what was undone")
    @State
    public static class UndoneCommit {
        private final TwoRows rows = new TwoRows();

        @Actor
        public void writer() {
            rows.writeInVain(1);
            rows.write(2);
        }

        @Actor
        public void reader(II_Result found) {
            found.r1 = rows.find(1);
            found.r2 = rows.find(2);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1", "2, 2"},
            expect = ACCEPTABLE,
            desc = "one commit")
    @Outcome(expect = FORBIDDEN, desc = "two commits in one read")
    @State
    public static class OnePage {
        private final TwoRows rows = new TwoRows();

        @Actor
        public void writer() {
            rows.write(1);
            rows.write(2);
        }

        @Actor
        public void reader(II_Result found) {
            List<TwoRows.Row> page = rows.table.query().page().rows();
            found.r1 = page.get(0).value();
            found.r2 = page.get(1).value();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"0", "2"},
            expect = ACCEPTABLE,
            desc = "one commit")
    @Outcome(expect = FORBIDDEN, desc = "an index that differs from the rows")
    @State
    public static class OneLookup {
        private final TwoRows rows = new TwoRows();

        @Actor
        public void writer() {
            rows.write(1);
            rows.writeInVain(0);
            rows.write(2);
        }

        @Actor
        public void reader(I_Result found) {
            found.r1 = rows.countByIndex(1);
        }
    }
}
