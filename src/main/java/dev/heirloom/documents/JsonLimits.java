package dev.heirloom.documents;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;

/** How much clients may ask for, by the settings. Immutable. */
@ApplicationScoped
public class JsonLimits {
    static final String TABLES = "heirloom.json.max-tables";
    static final String INDEXES = "heirloom.json.max-indexes";
    static final String ROW_SIZE = "heirloom.json.max-row-size";
    static final String DEPTH = "heirloom.json.max-depth";
    static final String FIELDS = "heirloom.json.max-fields";
    static final String KEY_LENGTH = "heirloom.json.max-key-length";
    static final String POST_ROWS = "heirloom.json.max-rows-per-post";
    static final String FILTER_LENGTH = "heirloom.json.max-filter-length";
    static final String FILTER_NODES = "heirloom.json.max-filter-nodes";
    public static final String BODY_SIZE = "heirloom.json.max-body-size";
    public static final String SCANNED_ROWS = "heirloom.json.max-scanned-rows";
    public static final String SCAN_MILLIS = "heirloom.json.max-scan-millis";

    private final DocumentLimits rows;
    private final int tables;
    private final int indexes;
    private final int postRows;
    private final int filterLength;
    private final int filterNodes;
    private final int bodySize;
    private final int scannedRows;
    private final int scanMillis;

    /** What holds where nothing is set. */
    JsonLimits() {
        this(Settings.NONE);
    }

    @Inject
    JsonLimits(Config config) {
        this((Settings) name -> config.getOptionalValue(name, Integer.class).orElse(null));
    }

    JsonLimits(Settings settings) {
        this.tables = settings.of(TABLES, 100);
        this.indexes = settings.of(INDEXES, 8);
        this.rows = new DocumentLimits(
                settings.of(ROW_SIZE, 65_536),
                settings.of(DEPTH, 32),
                settings.of(FIELDS, 1_000),
                settings.of(KEY_LENGTH, 256));
        this.postRows = settings.of(POST_ROWS, 10_000);
        this.filterLength = settings.of(FILTER_LENGTH, 2_000);
        this.filterNodes = settings.of(FILTER_NODES, 50);
        this.bodySize = settings.of(BODY_SIZE, 16 << 20);
        this.scannedRows = settings.of(SCANNED_ROWS, 1_000_000);
        this.scanMillis = settings.of(SCAN_MILLIS, 2_000);
    }

    /** Where values come from. */
    interface Settings {
        Settings NONE = name -> null;

        @org.jspecify.annotations.Nullable
        Integer value(String name);

        default int of(String name, int otherwise) {
            Integer value = value(name);
            if (value == null) {
                return otherwise;
            }
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value + " is less than 1");
            }
            return value;
        }
    }

    /** How large a row may be. */
    public DocumentLimits rows() {
        return rows;
    }

    /** How many JSON tables there may be; each has a thread. */
    public int tables() {
        return tables;
    }

    /** How many indexes a JSON table may have. */
    public int indexes() {
        return indexes;
    }

    /** How many rows one request may write. */
    public int postRows() {
        return postRows;
    }

    /** How many characters a filter may have. */
    public int filterLength() {
        return filterLength;
    }

    /** How many comparisons, values of {@code =in=} included, a filter may have. */
    public int filterNodes() {
        return filterNodes;
    }

    /** How many bytes the body of a request may have. */
    public int bodySize() {
        return bodySize;
    }

    /** How many rows a filter may look at for one page. */
    public int scannedRows() {
        return scannedRows;
    }

    /** How many milliseconds a filter may take for one page. */
    public int scanMillis() {
        return scanMillis;
    }
}
