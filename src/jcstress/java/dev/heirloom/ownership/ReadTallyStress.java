package dev.heirloom.ownership;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/**
 * What a count of reads tells never falls, also where threads share a place and one puts it back, and never is more than
 * the reads there were. The result: how often it fell, and whether there were as many in the end.
 */
@JCStressTest
@Outcome(id = "0, true", expect = ACCEPTABLE, desc = "some may be missed")
@Outcome(expect = FORBIDDEN, desc = "it falls, or tells of more than there were")
@State
public class ReadTallyStress {
    private static final int READS = 100;

    private final ReadTally tally = new ReadTally();
    private long told;

    @Actor
    public void reader() {
        for (int i = 0; i < READS; i++) {
            tally.add(0);
        }
    }

    @Actor
    public void otherReader(IZ_Result result) {
        for (int i = 0; i < READS; i++) {
            tally.add(0);
            tell(result);
        }
    }

    @Arbiter
    public void inTheEnd(IZ_Result result) {
        tell(result);
        result.r2 = told <= 2 * READS;
    }

    private void tell(IZ_Result result) {
        long before = told;
        told = tally.count();
        result.r1 += told < before ? 1 : 0;
    }
}
