package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSinkTest {
    private final ByteSink out = new ByteSink();

    private ByteSource in() {
        return new ByteSource(out.array(), 0, out.size());
    }

    @Test
    void numbers_comeBack() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            out.clear();
            out.putVarLong(number);
            out.putVarInt((int) number);
            out.putInt((int) number);
            out.putLong(number);
            out.putByte((byte) number);
            ByteSource in = in();
            assertThat(in.getVarLong()).isEqualTo(number);
            assertThat(in.getVarInt()).isEqualTo((int) number);
            assertThat(in.getInt()).isEqualTo((int) number);
            assertThat(in.getLong()).isEqualTo(number);
            assertThat(in.getByte()).isEqualTo((byte) number);
            assertThat(in.remaining()).isZero();
        }
    }

    @Test
    void smallNumbers_takeOneByte() {
        out.putVarInt(-64);
        out.putVarLong(63);

        assertThat(out.size()).isEqualTo(2);
    }

    @Test
    void patchedNumbers_areLittleEndian() {
        out.putInt(0);
        out.putBytes(new byte[] {9, 8, 7}, 1, 2);
        out.patchInt(0, 0x04030201);

        assertThat(out.toBytes()).containsExactly(1, 2, 3, 4, 8, 7);
    }

    @Test
    void whatIsNotThere_isMalformed() {
        ByteSource empty = new ByteSource(new byte[3], 1, 1);
        assertThatThrownBy(empty::getByte).isInstanceOf(MalformedException.class);
        assertThatThrownBy(empty::getInt).isInstanceOf(MalformedException.class);
        assertThatThrownBy(empty::getLong).isInstanceOf(MalformedException.class);
        assertThatThrownBy(empty::getVarInt).isInstanceOf(MalformedException.class);
        assertThatThrownBy(empty::getString).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> empty.skip(-1)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> empty.skip(1)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> empty.getBytes(Integer.MAX_VALUE)).isInstanceOf(MalformedException.class);
    }

    @Test
    void lengthsThatCannotBe_areMalformed() {
        for (int length : new int[] {1, 2, Integer.MAX_VALUE, -2, -3, Integer.MIN_VALUE}) {
            out.clear();
            out.putVarInt(length);
            assertThatThrownBy(() -> in().getString()).isInstanceOf(MalformedException.class);
            assertThatThrownBy(() -> in().getCount()).isInstanceOf(MalformedException.class);
        }
        out.clear();
        out.putVarLong(1L << 31);
        assertThatThrownBy(() -> in().getVarInt()).isInstanceOf(MalformedException.class);
        out.putBytes(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0}, 0, 11);
        ByteSource in = in();
        in.skip(5);
        assertThatThrownBy(in::getVarLong).isInstanceOf(MalformedException.class);
    }
}
