package dev.heirloom.backup;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that fails as disks do: what was not forced is lost or kept sector by sector when the power is cut,
 * in any order, and the power is cut in the midst of anything; there is no room; writing fails; deleting fails; forcing fails, and what
 * should have been forced is gone though the next time succeeds, and though it can be read until the power is cut.
 */
final class FaultyDisk implements Disk {
    static final int SECTOR = 512;

    private final Map<String, Faulty> files = new TreeMap<>();
    private long room = Long.MAX_VALUE;
    private boolean failing;
    private boolean failingWrites;
    private boolean failingDeletes;
    private volatile Runnable whenForced = () -> {};

    /** How much more is done before the power is cut. */
    private long operations = Long.MAX_VALUE;

    /** There is no power any more: nothing that goes on is of any effect. */
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }

    /** How much may be used from now on, together with what is used. */
    synchronized void room(long bytes) {
        room = bytes;
    }

    /** Whether forcing fails from now on. */
    synchronized void failing(boolean fails) {
        failing = fails;
    }

    /** Whether writing fails from now on. */
    synchronized void failingWrites(boolean fails) {
        failingWrites = fails;
    }

    /** Whether deleting fails from now on. */
    synchronized void failingDeletes(boolean fails) {
        failingDeletes = fails;
    }

    /** Has the power be cut after so many more operations: each throws a {@link PowerCut} from then on. */
    synchronized void cutAfter(long more) {
        operations = more;
    }

    /** Has something be done whenever a file is about to be forced. */
    void whenForced(Runnable action) {
        whenForced = action;
    }

    synchronized boolean isCut() {
        return operations < 0;
    }

    private void operation() {
        if (operations < 0 || --operations < 0) {
            throw new PowerCut();
        }
    }

    /** What is there once the power is back. */
    synchronized FaultyDisk afterPowerCut(RandomGenerator random) {
        FaultyDisk copy = new FaultyDisk();
        files.forEach((name, file) -> copy.files.put(name, copy.new Faulty(file.survivors(random))));
        return copy;
    }

    /** What is there once the process has been killed: what the system has and the disk has not stays so. */
    synchronized FaultyDisk afterKill() {
        FaultyDisk copy = new FaultyDisk();
        files.forEach((name, file) -> copy.files.put(name, copy.new Faulty(file)));
        return copy;
    }

    /** The bytes of a file, to be changed. */
    synchronized byte[] bytes(String name) {
        return files.get(name).bytes;
    }

    /** Puts a file there. */
    synchronized void put(String name, byte[] bytes) {
        files.put(name, new Faulty(bytes));
    }

    synchronized long used() {
        return files.values().stream().mapToLong(Faulty::size).sum();
    }

    @Override
    public synchronized List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized LogFile create(String name, int size, byte[] head) throws IOException {
        operation();
        if (used() + size > room) {
            throw new IOException("No space left on device");
        }
        Faulty file = new Faulty(Arrays.copyOf(head, size));
        files.put(name, file);
        return file;
    }

    @Override
    public synchronized LogFile open(String name) throws IOException {
        Faulty file = files.get(name);
        if (file == null) {
            throw new FileNotFoundException(name);
        }
        return file;
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        operation();
        if (failingDeletes) {
            throw new IOException("Read-only file system");
        }
        files.remove(name);
    }

    private final class Faulty implements LogFile {
        private final byte[] bytes;
        private final byte[] onDisk;
        private final BitSet dirty = new BitSet();

        Faulty(byte[] bytes) {
            this.bytes = bytes;
            this.onDisk = bytes.clone();
        }

        Faulty(Faulty other) {
            this.bytes = other.bytes.clone();
            this.onDisk = other.onDisk.clone();
            dirty.or(other.dirty);
        }

        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public void write(int at, byte[] from, int offset, int length) throws IOException {
            synchronized (FaultyDisk.this) {
                operation();
                if (failingWrites) {
                    throw new IOException("Input/output error");
                }
                System.arraycopy(from, offset, bytes, at, length);
                dirty.set(at / SECTOR, (at + length - 1) / SECTOR + 1);
            }
        }

        @Override
        public void read(int at, byte[] to, int offset, int length) {
            synchronized (FaultyDisk.this) {
                System.arraycopy(bytes, at, to, offset, length);
            }
        }

        @Override
        public void force(int at, int length) throws IOException {
            whenForced.run();
            synchronized (FaultyDisk.this) {
                operation();
                int first = at / SECTOR;
                int after = (at + length - 1) / SECTOR + 1;
                if (failing) {
                    dirty.clear(first, after); // as Linux does: it will not be tried again
                    throw new IOException("Input/output error");
                }
                for (int i = dirty.nextSetBit(first); i >= 0 && i < after; i = dirty.nextSetBit(i + 1)) {
                    copySector(i, bytes, onDisk);
                    dirty.clear(i);
                }
            }
        }

        private void copySector(int sector, byte[] from, byte[] to) {
            int at = sector * SECTOR;
            System.arraycopy(from, at, to, at, Math.min(SECTOR, to.length - at));
        }

        /** Also what was being written when the power was cut is whole sectors, of any of its parts. */
        private byte[] survivors(RandomGenerator random) {
            byte[] left = Arrays.copyOf(onDisk, onDisk.length);
            dirty.stream().filter(sector -> random.nextBoolean()).forEach(sector -> copySector(sector, bytes, left));
            return left;
        }

        @Override
        public void close() {
            // what was not forced stays with the system
        }
    }
}
