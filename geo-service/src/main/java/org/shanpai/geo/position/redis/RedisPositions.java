package org.shanpai.geo.position.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.position.Fix;
import org.shanpai.geo.position.NearFix;
import org.shanpai.geo.position.RiderIndex;
import org.shanpai.geo.position.SharedPositions;
import org.shanpai.geo.redis.RedisKeys;
import org.shanpai.geo.redis.RedisLink;

/**
 * Questions about riders, answered by Redis.
 *
 * <p>The GEO sets of the cells only propose; what a rider's own value says counts. A rider who
 * moved between two replicas may for one ping stand in two cells; the value decides, and the cell
 * that is wrong forgets the rider.
 */
@ApplicationScoped
public class RedisPositions implements SharedPositions {

  // Beyond what was asked: expired riders that are not swept yet, and places rounded by Redis.
  private static final int SPARE = 16;
  private static final int VALUES_AT_ONCE = 1_000;

  // Redis rounds a place to 0.6 m and takes another radius for the earth (0.03 % more).
  private static final double REDIS_STRETCH = 1.0005;
  private static final double REDIS_ROUNDING_METRES = 2;

  private static final String FORGET_GHOST =
      """
      local value = redis.call('GET', KEYS[2])
      if value and string.match(value, '[^|]*$') ~= ARGV[2] then
        return redis.call('ZREM', KEYS[1], ARGV[1])
      end
      return 0
      """;

  private final RedisLink link;
  private final RedisKeys keys;
  private final Cells cells;
  private final PositionWriter writer;

  public RedisPositions(RedisLink link, RedisKeys keys, Cells cells, PositionWriter writer) {
    this.link = link;
    this.keys = keys;
    this.cells = cells;
    this.writer = writer;
  }

  @Override
  public void wake() {
    writer.wake();
  }

  @Override
  public boolean seenAll() {
    return writer.seenAll();
  }

  @Override
  public Uni<Fix> find(String riderId, long oldest) {
    return link.read(List.of(Request.cmd(Command.GET).arg(keys.rider(riderId))))
        .map(
            answers -> {
              Response text = answers.get(0);
              RiderValue value = text == null ? null : RiderValue.parse(riderId, text.toString());
              return value == null || value.fix().at() < oldest ? null : value.fix();
            });
  }

  @Override
  public Uni<List<Fix>> around(GeoPoint centre, double radiusMetres, long oldest) {
    return candidates(centre, radiusMetres, 0)
        .map(
            found ->
                found.values.stream()
                    .map(RiderValue::fix)
                    .filter(fix -> fix.at() >= oldest)
                    .filter(fix -> centre.metresTo(fix.place()) <= radiusMetres)
                    .toList());
  }

  @Override
  public Uni<List<NearFix>> near(GeoPoint centre, double radiusMetres, int limit, long oldest) {
    return nearest(centre, radiusMetres, limit, limit + SPARE, oldest);
  }

  private Uni<List<NearFix>> nearest(
      GeoPoint centre, double radiusMetres, int limit, int ask, long oldest) {
    return candidates(centre, radiusMetres, ask)
        .chain(
            found -> {
              List<NearFix> near = new ArrayList<>();
              for (RiderValue value : found.values) {
                double metres = centre.metresTo(value.fix().place());
                if (value.fix().at() >= oldest && metres <= radiusMetres) {
                  near.add(new NearFix(value.fix(), metres));
                }
              }
              if (near.size() < limit && found.more) {
                return nearest(centre, radiusMetres, limit, ask * 8, oldest);
              }
              near.sort(RiderIndex.NEAREST_FIRST);
              return Uni.createFrom()
                  .item(near.size() > limit ? List.copyOf(near.subList(0, limit)) : near);
            });
  }

  /**
   * @param more whether a cell may hold others further away
   */
  private record Candidates(Collection<RiderValue> values, boolean more) {}

  /**
   * @param most of each cell, nearest first; 0 for all
   */
  private Uni<Candidates> candidates(GeoPoint centre, double radiusMetres, int most) {
    List<Long> near = cells.within(centre, radiusMetres);
    double reach = radiusMetres * REDIS_STRETCH + REDIS_ROUNDING_METRES;
    List<Request> searches = new ArrayList<>(near.size());
    for (long cell : near) {
      Request search =
          Request.cmd(Command.GEOSEARCH)
              .arg(keys.riderCell(cell))
              .arg("FROMLONLAT")
              .arg(Double.toString(centre.lon()))
              .arg(Double.toString(centre.lat()))
              .arg("BYRADIUS")
              .arg(Double.toString(reach))
              .arg("m");
      if (most > 0) {
        search.arg("ASC").arg("COUNT").arg(most);
      }
      searches.add(search);
    }
    return link.read(searches)
        .chain(
            answers -> {
              Map<String, List<Long>> cellsOf = new LinkedHashMap<>();
              boolean more = false;
              for (int i = 0; i < answers.size(); i++) {
                Response riders = answers.get(i);
                more |= most > 0 && riders.size() >= most;
                for (Response rider : riders) {
                  cellsOf
                      .computeIfAbsent(rider.toString(), id -> new ArrayList<>(1))
                      .add(near.get(i));
                }
              }
              boolean others = more;
              return values(List.copyOf(cellsOf.keySet()))
                  .map(
                      values -> {
                        forgetGhosts(cellsOf, values);
                        return new Candidates(values.values(), others);
                      });
            });
  }

  private Uni<Map<String, RiderValue>> values(List<String> riders) {
    if (riders.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return link.read(RiderValues.requests(keys, riders, VALUES_AT_ONCE))
        .map(answers -> RiderValues.parse(riders, answers));
  }

  private void forgetGhosts(Map<String, List<Long>> cellsOf, Map<String, RiderValue> values) {
    List<Request> forget = new ArrayList<>();
    cellsOf.forEach(
        (riderId, stands) -> {
          RiderValue value = values.get(riderId);
          for (long cell : stands) {
            if (value != null && value.cell() != cell) {
              forget.add(
                  Request.cmd(Command.EVAL)
                      .arg(FORGET_GHOST)
                      .arg(2)
                      .arg(keys.riderCell(cell))
                      .arg(keys.rider(riderId))
                      .arg(riderId)
                      .arg(Cells.text(cell)));
            }
          }
        });
    if (!forget.isEmpty()) {
      link.write(forget).subscribe().with(done -> {}, failure -> {});
    }
  }

  /** Reads the values of many riders. */
  static final class RiderValues {

    private RiderValues() {}

    static List<Request> requests(RedisKeys keys, List<String> riders, int atOnce) {
      List<Request> requests = new ArrayList<>();
      for (int from = 0; from < riders.size(); from += atOnce) {
        Request request = Request.cmd(Command.MGET);
        for (String rider : riders.subList(from, Math.min(riders.size(), from + atOnce))) {
          request.arg(keys.rider(rider));
        }
        requests.add(request);
      }
      return requests;
    }

    /** By rider; those without a value are missing. */
    static Map<String, RiderValue> parse(List<String> riders, List<Response> answers) {
      Map<String, RiderValue> values = new HashMap<>();
      int at = 0;
      for (Response answer : answers) {
        for (Response text : answer) {
          String riderId = riders.get(at++);
          RiderValue value = text == null ? null : RiderValue.parse(riderId, text.toString());
          if (value != null) {
            values.put(riderId, value);
          }
        }
      }
      return values;
    }
  }
}
