package dev.heirloom.rest;

import dev.heirloom.Table;
import dev.heirloom.TableSpec;
import dev.heirloom.manager.Tables;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Access;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Tables to follow, and a way to change them over HTTP. */
@Path("followed")
@ApplicationScoped
public class FollowedTables {
    /** A row. */
    public record Item(String id, int value) {}

    /** A large row. */
    public record Bulk(String id, String text) {}

    static final int KEPT = 8;

    @Produces
    static final TableSpec<String, Item> FOLLOWED =
            TableSpec.set("followed", Item.class, Item::id).changeBuffer(KEPT);

    @Produces
    static final TableSpec<String, Item> SECRET =
            TableSpec.set("secret", Item.class, Item::id).access(Access.PRIVATE);

    @Produces
    static final TableSpec<String, Bulk> BULKY =
            TableSpec.set("bulky", Bulk.class, Bulk::id).changeBuffer(KEPT);

    @Inject
    @Table("bulky")
    TableRef<String, Bulk> bulky;

    @Inject
    @Table("followed")
    TableRef<String, Item> followed;

    @Inject
    Tables tables;

    @Open
    @POST
    @Path("rows/{from}/{to}")
    public void put(@PathParam("from") int from, @PathParam("to") int to) {
        for (int i = from; i < to; i++) {
            int value = i;
            followed.call(t -> t.insert(new Item("item" + value, value)));
        }
    }

    /** Overwrites a row of 100,000 characters. */
    @Open
    @POST
    @Path("bulk/{times}")
    public void overwrite(@PathParam("times") int times) {
        for (int i = 0; i < times; i++) {
            String text = String.valueOf((char) ('a' + i % 26)).repeat(100_000);
            bulky.call(t -> t.insert(new Bulk("bulk", text)));
        }
    }

    @Open
    @POST
    @Path("tables/{name}")
    public void create(@PathParam("name") String name) {
        tables.create(TableSpec.set(name, Item.class, Item::id).changeBuffer(KEPT));
    }

    @Open
    @POST
    @Path("tables/{name}/delete")
    public void delete(@PathParam("name") String name) {
        tables.delete(name);
    }

    @Open
    @POST
    @Path("tables/{name}/rename/{to}")
    public void rename(@PathParam("name") String name, @PathParam("to") String to) {
        tables.rename(name, to);
    }
}
