package dev.heirloom.rest;

import dev.heirloom.TableSpec;
import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.TableType;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row with a field of each type that filters find by an index. */
record Line(
        long id,
        @Nullable String name,
        Colour colour,
        int number,
        boolean open,
        UUID token,
        double weight,
        @Nullable Long parent) {
    enum Colour {
        RED,
        GREEN,
        BLUE
    }

    private static final UUID ONE = UUID.fromString("0000002a-0000-0000-0000-000000000001");
    private static final UUID OTHER = UUID.fromString("ffffffff-ffff-ffff-ffff-fffffffffffe");

    /** Of which many find rows, and all should find those that a search finds. */
    static final List<String> FILTERS = List.of(
            "id==7",
            "id==7.0",
            "id==7.5",
            "id==seven",
            "id=in=(1,2,3,400,9999999999999999999999)",
            "id=gt=100;id=le=120",
            "id=gt=100.5;id=lt=1e2000",
            "id=lt=20,name==n3",
            "name==n1",
            "name==7",
            "name==n*",
            "name==''",
            "name=null=true",
            "name=in=(n1,n2);open==true",
            "name=in=(n1,N1)",
            "colour==RED",
            "colour==red",
            "colour=in=(RED,BLUE);number=gt=2",
            "colour=lt=GREEN",
            "number==3",
            "number==3.00",
            "number==3.5",
            "number==4294967299",
            "number=in=(1,x,true)",
            "open==false;colour==GREEN",
            "open==FALSE",
            "token==0000002a-0000-0000-0000-000000000001",
            "token==0000002A-0000-0000-0000-000000000001",
            "token==2a-0-0-0-1",
            "token==nonsense",
            "weight==1.5",
            "parent==3",
            "parent==3;colour!=RED");

    static TableSpec<Long, Line> plain(TableType type) {
        return spec("plain", type);
    }

    private static TableSpec<Long, Line> spec(String name, TableType type) {
        return switch (type) {
            case SET -> TableSpec.set(name, Line.class, Line::id);
            case ORDERED_SET -> TableSpec.orderedSet(name, Line.class, Line::id);
            case BAG -> TableSpec.bag(name, Line.class, Line::id);
            case DUPLICATE_BAG -> TableSpec.duplicateBag(name, Line.class, Line::id);
        };
    }

    /** The same rows, with the key and indexes by which filters find them. */
    static TableSpec<Long, Line> declared(TableType type) {
        TableSpec<Long, Line> spec = spec("lines", type);
        return spec.keyField("id")
                .index(IndexSpec.<String, Line>index("byName", Line::name)
                        .ordered(String.CASE_INSENSITIVE_ORDER)
                        .ofField("name"))
                .index(IndexSpec.<Colour, Line>index("byColour", Line::colour).ofField("colour"))
                .index(IndexSpec.<Integer, Line>index("byNumber", Line::number).ofField("number"))
                .index(IndexSpec.<Boolean, Line>index("byOpen", Line::open).ofField("open"))
                .index(IndexSpec.<UUID, Line>index("byToken", Line::token).ofField("token"))
                .index(IndexSpec.<Double, Line>index("byWeight", Line::weight).ofField("weight"))
                .index(IndexSpec.<Long, Line>index("byParent", Line::parent).ofField("parent"));
    }

    static Line random(int id, Random random) {
        return new Line(
                id,
                random.nextInt(5) == 0
                        ? null
                        : List.of("n1", "N1", "n2", "n3", "7", "").get(random.nextInt(6)),
                Colour.values()[random.nextInt(3)],
                random.nextInt(6),
                random.nextBoolean(),
                random.nextBoolean() ? ONE : OTHER,
                random.nextInt(4) / 2.0,
                random.nextInt(4) == 0 ? null : (Long) (long) random.nextInt(5));
    }

    Line named(String other) {
        return new Line(id, other, colour, number, open, token, weight, parent);
    }
}
