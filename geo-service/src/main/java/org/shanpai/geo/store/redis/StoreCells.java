package org.shanpai.geo.store.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.redis.RedisContent;
import org.shanpai.geo.redis.RedisKeys;
import org.shanpai.geo.redis.RedisLink;

/**
 * The stores' places in Redis GEO, a set for each H3 cell; only an index: what a store is stands in
 * the database.
 */
@ApplicationScoped
public class StoreCells implements RedisContent {

  private static final Logger LOG = Logger.getLogger(StoreCells.class);
  private static final double REDIS_STRETCH = 1.0005;
  private static final double REDIS_ROUNDING_METRES = 2;

  private final RedisLink link;
  private final RedisKeys keys;
  private final Cells cells;
  private final Map<String, Long> writtenCells = new ConcurrentHashMap<>();
  private volatile List<StoreState> stores = List.of();

  public StoreCells(RedisLink link, RedisKeys keys, Cells cells) {
    this.link = link;
    this.keys = keys;
    this.cells = cells;
  }

  /** These are all the stores from now on. */
  public void hold(List<StoreState> all) {
    stores = all;
    if (link.writable()) {
      write()
          .subscribe()
          .with(
              done -> {},
              failure -> LOG.debugf("Stores reach Redis later: %s", failure.getMessage()));
    }
  }

  @Override
  public Uni<Void> restore() {
    return write();
  }

  /** Ids of stores that may be within the radius: all that are, perhaps some more. */
  public Uni<Set<String>> near(GeoPoint centre, double radiusMetres) {
    double reach = radiusMetres * REDIS_STRETCH + REDIS_ROUNDING_METRES;
    List<Request> searches =
        cells.within(centre, radiusMetres).stream()
            .map(
                cell ->
                    Request.cmd(Command.GEOSEARCH)
                        .arg(keys.storeCell(cell))
                        .arg("FROMLONLAT")
                        .arg(Double.toString(centre.lon()))
                        .arg(Double.toString(centre.lat()))
                        .arg("BYRADIUS")
                        .arg(Double.toString(reach))
                        .arg("m"))
            .toList();
    return link.read(searches)
        .map(
            answers -> {
              Set<String> ids = new LinkedHashSet<>();
              for (Response answer : answers) {
                answer.forEach(id -> ids.add(id.toString()));
              }
              return ids;
            });
  }

  private Uni<Void> write() {
    Map<Long, Request> adds = new HashMap<>();
    List<Request> requests = new ArrayList<>();
    Map<String, Long> places = new HashMap<>();
    for (StoreState store : stores) {
      String id = store.storeId().value();
      long cell = cells.of(store.place());
      Long before = writtenCells.get(id);
      if (before != null && before != cell) {
        requests.add(Request.cmd(Command.ZREM).arg(keys.storeCell(before)).arg(id));
      }
      adds.computeIfAbsent(cell, c -> Request.cmd(Command.GEOADD).arg(keys.storeCell(c)))
          .arg(Double.toString(store.place().lon()))
          .arg(Double.toString(store.place().lat()))
          .arg(id);
      places.put(id, cell);
    }
    requests.addAll(adds.values());
    return requests.isEmpty()
        ? Uni.createFrom().voidItem()
        : link.write(requests).invoke(() -> writtenCells.putAll(places)).replaceWithVoid();
  }
}
