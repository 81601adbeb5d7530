package dev.heirloom.backup;

import java.io.IOException;
import java.util.List;

/** The directory of a journal and its files. Thread-safe; interrupts have no effect on it. */
interface Disk {
    /** The names of all files, in their order. */
    List<String> names() throws IOException;

    /** What the name of a file ends with until it is whole: whoever finds one after a crash may delete it. */
    String UNFINISHED = ".new";

    /**
     * A new file of a size, filled with zeros behind a head, for which there is room on the disk. After a crash the file
     * is there whole, or not at all.
     */
    LogFile create(String name, int size, byte[] head) throws IOException;

    LogFile open(String name) throws IOException;

    /** Removes a file, if it is there. It does not come back after a crash. */
    void delete(String name) throws IOException;

    /** One file of fixed size, of which one thread at a time writes and one at a time forces. */
    interface LogFile {
        int size();

        /** Writes, the first eight bytes last: whoever finds these finds the others. */
        void write(int at, byte[] from, int offset, int length) throws IOException;

        /** Says that nothing will be written any more; whoever writes says it. */
        default void finish() {}

        void read(int at, byte[] to, int offset, int length) throws IOException;

        /** Returns when this part is on disk, at least. */
        void force(int at, int length) throws IOException;

        /** Forgets what was not forced. The file must not be used any more. */
        void close() throws IOException;
    }
}
