package dev.heirloom.table;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Once the owner is fenced, what it has committed is known and stays as it is. The result: whether the fence was
 * raised; whether the commitment said then that it was applied; the value found then; the value found in the end.
 */
@JCStressTest
@Outcome(id = "1, 0, 0, 0", expect = ACCEPTABLE, desc = "fenced before the commit")
@Outcome(id = "1, 1, 1, 1", expect = ACCEPTABLE, desc = "fenced after the commit")
@Outcome(id = "0, -1, -1, 1", expect = ACCEPTABLE, desc = "the commit was under way")
@Outcome(expect = FORBIDDEN, desc = "a commit past the fence, or a commitment that does not tell the truth")
@State
public class FencingStress {
    private final TwoRows rows = new TwoRows();
    private final Commitment<TwoRows.Row> outcome = new Commitment<>();

    @Actor
    public void owner() {
        rows.write(1, outcome, point -> {});
    }

    @Actor
    public void manager(IIII_Result result) {
        boolean fenced = rows.table.tryFence(TwoRows.OWNER + 1);
        result.r1 = fenced ? 1 : 0;
        result.r2 = fenced ? (outcome.isApplied() ? 1 : 0) : -1;
        result.r3 = fenced ? rows.find(2) : -1;
    }

    @Arbiter
    public void inTheEnd(IIII_Result result) {
        result.r4 = rows.find(1);
        if (outcome.isApplied() != (result.r4 == 1)) {
            result.r4 = -1;
        }
    }
}
