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
 * in any order; there is no room; forcing fails, and what should have been forced is gone though the next time succeeds.
 */
final class FaultyDisk implements Disk {
    static final int SECTOR = 512;

    private final Map<String, Faulty> files = new TreeMap<>();
    private long room = Long.MAX_VALUE;
    private boolean failing;

    /** How much may be used from now on, together with what is used. */
    synchronized void room(long bytes) {
        room = bytes;
    }

    /** Whether forcing fails from now on. */
    synchronized void failing(boolean fails) {
        failing = fails;
    }

    /** What is there once the power is back. */
    synchronized FaultyDisk afterPowerCut(RandomGenerator random) {
        return copy(file -> file.survivors(random));
    }

    /** What is there once the process has been killed. */
    synchronized FaultyDisk afterKill() {
        return copy(file -> file.bytes.clone());
    }

    private interface Survival {
        byte[] of(Faulty file);
    }

    private FaultyDisk copy(Survival survival) {
        FaultyDisk copy = new FaultyDisk();
        files.forEach((name, file) -> copy.files.put(name, copy.new Faulty(survival.of(file))));
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
    public synchronized LogFile create(String name, int size) throws IOException {
        if (used() + size > room) {
            throw new IOException("No space left on device");
        }
        Faulty file = new Faulty(new byte[size]);
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
    public synchronized void delete(String name) {
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

        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public void write(int at, byte[] from, int offset, int length) {
            synchronized (FaultyDisk.this) {
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
            synchronized (FaultyDisk.this) {
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
