package org.shanpai.geo.area;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.area.postgres.AreaTable;
import org.shanpai.geo.revision.Newest;
import org.shanpai.geo.revision.Reloaded;
import org.shanpai.geo.revision.Revisions;

/** The areas as this replica knows them: one {@link AreaMap}, swapped whole. */
@ApplicationScoped
public class Areas implements Reloaded {

  private final AreaTable table;
  private final Vertx vertx;
  private final Newest<AreaMap> map = new Newest<>(AreaMap.EMPTY);

  public Areas(AreaTable table, Vertx vertx) {
    this.table = table;
    this.vertx = vertx;
  }

  /** The present map; ask one map all questions that belong together. */
  public AreaMap map() {
    return map.get();
  }

  /** See {@link AreaMap#covers}. */
  public boolean covers(GeoPoint place, double marginMetres) {
    return map.get().covers(place, marginMetres);
  }

  public boolean knows(AreaId areaId) {
    return map.get().find(areaId) != null;
  }

  @Override
  public Revisions.Kind kind() {
    return Revisions.Kind.AREA;
  }

  @Override
  public Uni<Void> reload() {
    long ticket = map.begin();
    return table
        .list()
        .chain(
            areas ->
                // Thousands of polygons take longer to prepare than an event loop may be held up.
                Uni.createFrom()
                    .completionStage(
                        () ->
                            vertx
                                .executeBlocking(() -> new AreaMap(areas), false)
                                .toCompletionStage()))
        .invoke(prepared -> map.keep(ticket, prepared))
        .replaceWithVoid();
  }
}
