package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows a table takes, and what it says of those it does not take. */
@SuppressWarnings({"unused", "rawtypes", "ArrayRecordComponent", "ImmutableEnumChecker"
}) // the fields are read by reflection only
class ImmutableTypesTest {
    private static void check(Class<?> rowType, Class<?>... vouched) {
        ImmutableTypes.check("rows", rowType, Set.of(vouched));
    }

    private static String refusal(Class<?> rowType, Class<?>... vouched) {
        try {
            check(rowType, vouched);
        } catch (MutableRowException e) {
            return e.getMessage();
        }
        throw new AssertionError(rowType + " was accepted");
    }

    // ---- accepted ----

    enum Color {
        RED,
        GREEN {
            private int painted;
        }
    }

    record Primitives(
            boolean a, byte b, short c, char d, int e, long f, float g, double h, Integer i, Long j, Character k) {}

    record Values(
            String a,
            BigDecimal b,
            BigInteger c,
            UUID d,
            URI e,
            Class<? extends Date> f,
            Locale g,
            Currency h,
            Color i,
            Optional<String> j,
            OptionalInt k,
            OptionalLong l,
            DayOfWeek m) {}

    record Times(
            Instant a, Duration b, Period c, LocalDate d, ZonedDateTime e, ZoneId f, JapaneseDate g, DayOfWeek h) {}

    static final class Point {
        static int made;
        final int x;
        final int y;

        Point(int x, int y) {
            this.x = x;
            this.y = y;
        }
    }

    record Nested(Primitives primitives, Point point, Optional<Values> values) {}

    record Tree<T>(T value, Optional<Tree<T>> left, Optional<Tree<T>> right) {}

    record Expanding<A, B>(A a, B b, Optional<Expanding<Expanding<A, B>, Expanding<B, A>>> more) {}

    record SelfBound<T extends Comparable<T>>(T value) {}

    record Even(Optional<Odd> next) {}

    record Odd(Optional<Even> next) {}

    record Opaque(Object a, CharSequence b, Comparable<Date> c, Function<Date, int[]> d, Number e, Open f) {}

    static class Open {
        final String name = "";
    }

    static final class Money extends BigDecimal {
        private static final long serialVersionUID = 1;
        final Currency currency;

        Money(String amount, Currency currency) {
            super(amount);
            this.currency = currency;
        }
    }

    sealed interface Form permits Circle, Square, Other {}

    record Circle(double radius) implements Form {}

    record Square(double side) implements Form {}

    non-sealed interface Other extends Form {}

    /** A collection that is not the JDK's is known by its fields. */
    static final class Pair extends AbstractCollection<String> {
        final String one = "";
        final String other = "";

        @Override
        public Iterator<String> iterator() {
            return List.of(one, other).iterator();
        }

        @Override
        public int size() {
            return 2;
        }
    }

    record WithForm(Form form, Pair pair) {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                String.class,
                Integer.class,
                Object.class,
                Color.class,
                Primitives.class,
                Values.class,
                Times.class,
                Point.class,
                Nested.class,
                Tree.class,
                Expanding.class,
                SelfBound.class,
                Even.class,
                Opaque.class,
                Money.class,
                WithForm.class
            })
    void immutableOrNotKnownToBeMutable_isAccepted(Class<?> rowType) {
        assertThatCode(() -> check(rowType)).doesNotThrowAnyException();
    }

    // ---- refused ----

    record Line(Date product) {}

    record Order(String id, List<Line> lines) {}

    @Test
    void message_saysTablePathTypeAndWhatToDo() {
        record Event(String id, Date at) {}
        assertThat(refusal(Event.class))
                .isEqualTo("table rows: rows must be immutable, but Event.at: java.util.Date is mutable."
                        + " Use immutable types, or vouch for those that nobody ever changes:"
                        + " immutable(java.util.Date.class)");
    }

    @Test
    void message_namesEveryField() {
        record Event(Date from, Optional<Date> to, StringBuilder text) {}
        assertThat(refusal(Event.class))
                .contains("Event.from: java.util.Date is mutable; ")
                .contains("Event.to[]: java.util.Date is mutable")
                .contains("Event.text: java.lang.StringBuilder is mutable")
                .endsWith("immutable(java.util.Date.class, java.lang.StringBuilder.class)")
                .doesNotContain("\n");
    }

    @Test
    void array_isRefused() {
        record Tagged(String[] tags) {}
        assertThat(refusal(Tagged.class))
                .contains("Tagged.tags: java.lang.String[] is an array, and mutable")
                .endsWith("immutable(java.lang.String[].class)");
        assertThat(refusal(int[].class)).contains("int[]: int[] is an array");
    }

    @Test
    void genericArray_isRefused() {
        record Many<T>(Optional<T>[] all) {}
        assertThat(refusal(Many.class)).contains("Many.all: java.util.Optional[] is an array");
    }

    @Test
    void collectionOfAnInterface_isRefused_withAHint() {
        assertThat(refusal(Order.class))
                .contains("Order.lines: java.util.List cannot be seen to be unmodifiable"
                        + " (have the constructor copy it with List.copyOf, and vouch for List)")
                .endsWith("immutable(java.util.List.class)");
    }

    @Test
    void everyCollectionOfTheJdk_isRefused() {
        record All(
                Collection<String> a,
                Set<String> b,
                Map<String, String> c,
                ArrayList<String> d,
                ConcurrentHashMap<String, String> e,
                SortedMap<String, String> f,
                TreeSet<String> g,
                AbstractList<String> h) {}
        assertThat(refusal(All.class))
                .contains("All.a: java.util.Collection cannot be seen to be unmodifiable")
                .contains("All.b: java.util.Set cannot")
                .contains("Set.copyOf, and vouch for Set)")
                .contains("All.c: java.util.Map cannot")
                .contains("Map.copyOf, and vouch for Map)")
                .contains("All.d: java.util.ArrayList is mutable (")
                .contains("List.copyOf, and vouch for List)")
                .contains("All.e: java.util.concurrent.ConcurrentHashMap is mutable")
                .contains("All.f: java.util.SortedMap cannot")
                .contains("Collections.unmodifiableSortedMap(new TreeMap<>(...))")
                .contains("All.g: java.util.TreeSet is mutable")
                .contains("Collections.unmodifiableSortedSet(new TreeSet<>(...)), and vouch for SortedSet)")
                .contains("All.h: java.util.AbstractList cannot");
    }

    record Mutable(
            Date a,
            Calendar b,
            StringBuilder c,
            AtomicInteger d,
            AtomicReferenceArray<String> e,
            LongAdder f,
            Random g,
            java.sql.Timestamp h,
            Throwable i) {}

    @Test
    void mutableTypeOfTheJdk_isRefused() {
        String refusal = refusal(Mutable.class);
        for (var component : Mutable.class.getRecordComponents()) {
            assertThat(refusal)
                    .contains("Mutable." + component.getName() + ": "
                            + component.getType().getName() + " is mutable");
        }
    }

    static class Customer {
        String name = "";
        final int age = 1;
    }

    static final class Regular extends Customer {
        final int visits = 1;
    }

    record Visit(Regular customer) {}

    @Test
    void fieldThatIsNotFinal_isRefused_inheritedToo() {
        assertThat(refusal(Customer.class))
                .contains("Customer.name: not a final field, so dev.heirloom.table.ImmutableTypesTest.Customer is")
                .endsWith("immutable(dev.heirloom.table.ImmutableTypesTest.Customer.class)")
                .doesNotContain("age");
        assertThat(refusal(Visit.class)).contains("Visit.customer.name: not a final field");
    }

    @Test
    void abstractClassWithAFieldThatIsNotFinal_isRefused() {
        abstract class Base {
            volatile int count;
        }
        assertThatThrownBy(() -> check(Base.class)).hasMessageContaining("Base.count: not a final field");
    }

    @Test
    void subclassOfAMutableTypeOfTheJdk_isRefused() {
        final class Moment extends Date {
            private static final long serialVersionUID = 1;
        }
        final class Lines extends ArrayList<String> {
            private static final long serialVersionUID = 1;
        }
        assertThat(refusal(Moment.class)).contains("Moment extends java.util.Date, which is mutable");
        assertThat(refusal(Lines.class)).contains("Lines extends java.util.ArrayList, which is mutable");
    }

    @Test
    void typeArgument_isFollowed() {
        record Box<T>(T content) {}
        record Deep(Box<Box<Optional<int[]>>> box) {}
        record Wild(Optional<? extends Date> at) {}
        record Bound<T extends Date>(T at) {}
        record Bounds<T extends Runnable & List<String>>(T both) {}
        assertThat(refusal(Deep.class)).contains("Deep.box.content.content[]: int[] is an array");
        assertThat(refusal(Wild.class)).contains("Wild.at[]: java.util.Date");
        assertThat(refusal(Bound.class)).contains("Bound.at: java.util.Date");
        assertThat(refusal(Bounds.class)).contains("Bounds.both: java.util.List");
    }

    static class Holder<T> {
        final Optional<T> held = Optional.empty();
    }

    static final class DateHolder extends Holder<Date> {}

    @Test
    void typeArgumentOfASuperclass_isFollowed() {
        assertThat(refusal(DateHolder.class)).contains("DateHolder.held[]: java.util.Date");
    }

    @Test
    void rawType_standsForItsBounds() {
        record Box<T extends Date>(T content) {}
        record Raw(Box box) {}
        assertThat(refusal(Raw.class)).contains("Raw.box.content: java.util.Date");
    }

    @Test
    void typeOfTheSameClass_isCheckedForEachArgument() {
        record Two(Tree<String> names, Tree<Date> dates) {}
        assertThat(refusal(Two.class))
                .contains("Two.dates.value: java.util.Date")
                .doesNotContain("Two.names");
    }

    sealed interface Result<T, F> permits Good, Bad {}

    record Good<T, F>(T value) implements Result<T, F> {}

    record Bad<F, T>(F failure) implements Result<T, F> {}

    @Test
    void sealedType_isCheckedByItsPermittedSubclasses() {
        record Answer(Result<String, int[]> result) {}
        record Fine(Result<String, Integer> result) {}
        assertThat(refusal(Answer.class))
                .contains("Answer.result(Bad).failure: int[]")
                .doesNotContain("Good");
        assertThatCode(() -> check(Fine.class)).doesNotThrowAnyException();
    }

    // ---- vouched for ----

    @Test
    void vouchedCollection_isAccepted_butNotWhatItHolds() {
        assertThat(refusal(Order.class, List.class))
                .contains("Order.lines[].product: java.util.Date is mutable")
                .endsWith("immutable(java.util.Date.class)");
        assertThatCode(() -> check(Order.class, List.class, Date.class)).doesNotThrowAnyException();
    }

    @Test
    void vouchedMap_isFollowedToKeysAndValues() {
        record Prices(Map<int[], Date> prices) {}
        assertThat(refusal(Prices.class, Map.class))
                .contains("Prices.prices[key]: int[]")
                .contains("Prices.prices[value]: java.util.Date");
    }

    @Test
    void vouchedCollection_isNotItsSubtype() {
        record Two(List<String> one, ArrayList<String> other) {}
        assertThat(refusal(Two.class, List.class)).contains("Two.other").doesNotContain("Two.one");
    }

    @Test
    void vouchedType_isAccepted_whereverItOccurs() {
        record Bytes(byte[] bytes, Optional<byte[]> more) {}
        assertThatCode(() -> check(Bytes.class, byte[].class)).doesNotThrowAnyException();
        assertThatCode(() -> check(Bytes.class, Bytes.class)).doesNotThrowAnyException();
        assertThatCode(() -> check(Visit.class, Customer.class)).doesNotThrowAnyException();
        assertThatCode(() -> check(Mutable.class, Mutable.class)).doesNotThrowAnyException();
    }

    @Test
    void opaqueTypeArguments_areNotWhatItHolds() {
        record Sorted(Comparator<Date> order, Supplied<Date> supplied) {}
        assertThatCode(() -> check(Sorted.class)).doesNotThrowAnyException();
        record Iterated(Iterable<Date> dates, Map.Entry<String, int[]> entry) {}
        assertThat(refusal(Iterated.class)).contains("Iterated.dates[]").contains("Iterated.entry[value]");
    }

    interface Supplied<T> {
        T get();
    }

    @Test
    void schemaOfMutableRows_isRefused() {
        Schema<String, Order> schema = Schema.set("orders", Order.class, Order::id);
        assertThatThrownBy(schema::requireImmutableRows)
                .isInstanceOf(MutableRowException.class)
                .hasMessageStartingWith("table orders: ");
        Schema<String, Order> one = schema.withImmutable(List.class);
        assertThatThrownBy(one::requireImmutableRows).hasMessageContaining("Order.lines[].product");
        Schema<String, Order> both = one.withImmutable(Date.class);
        both.requireImmutableRows();
        assertThat(both.immutable()).containsExactlyInAnyOrder(List.class, Date.class);
    }
}
