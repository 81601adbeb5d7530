package dev.heirloom.manager;

import dev.heirloom.backup.KeptTable;
import dev.heirloom.ownership.RequestTally;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of a table, besides its {@link TableStatus}. Immutable, but for the tally, which counts on.
 *
 * @param requests what became of its requests since the application was started
 * @param commits the number of its latest commit; of a durable table since it was first made
 * @param changes how many rows came, went or were replaced since the application was started
 * @param openSnapshots how many snapshots are open
 * @param handOvers how many owners have held it
 * @param deaths how many owners died, by the class of what they died of; of few classes, the rest as {@code other}
 * @param lastLoad how long it took to load it; null if it was not
 * @param journal what there is of it on disk; null if it is not kept
 */
public record TableFigures(
        RequestTally requests,
        long commits,
        long changes,
        int openSnapshots,
        long handOvers,
        Map<String, Long> deaths,
        @Nullable Duration lastLoad,
        KeptTable.@Nullable Figures journal) {}
