package dev.heirloom.ownership;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/**
 * What a count of reads tells never falls, also where threads share a place and one puts it back, and never is more than
 * the reads there were. The result: the count, told twice while they are made, and in the end.
 */
@JCStressTest
@Outcome(
        id = {
            "0, 0, 3", "0, 1, 3", "0, 2, 3", "0, 3, 3", "1, 1, 3", "1, 2, 3", "1, 3, 3", "2, 2, 3", "2, 3, 3", "3, 3, 3"
        },
        expect = ACCEPTABLE,
        desc = "all are counted")
@Outcome(
        id = {"0, 0, 1", "0, 1, 1", "1, 1, 1", "0, 0, 2", "0, 1, 2", "0, 2, 2", "1, 1, 2", "1, 2, 2", "2, 2, 2"},
        expect = ACCEPTABLE_INTERESTING,
        desc = "some are missed")
@Outcome(expect = FORBIDDEN, desc = "it falls, or none is counted, or more than there were")
@State
public class ReadTallyStress {
    private final ReadTally tally = new ReadTally();

    @Actor
    public void reader() {
        tally.add(0);
    }

    @Actor
    public void otherReader() {
        tally.add(0);
        tally.add(0);
    }

    @Actor
    public void teller(JJJ_Result told) {
        told.r1 = tally.count();
        told.r2 = tally.count();
    }

    @Arbiter
    public void inTheEnd(JJJ_Result told) {
        told.r3 = tally.count();
    }
}
