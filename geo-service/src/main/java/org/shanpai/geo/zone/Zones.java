package org.shanpai.geo.zone;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.geo.revision.Newest;
import org.shanpai.geo.revision.Reloaded;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.geo.zone.postgres.ZoneTable;

/** The zones as this replica knows them: one {@link ZoneMap}, swapped whole. */
@ApplicationScoped
public class Zones implements Reloaded {

  private final ZoneTable table;
  private final Vertx vertx;
  private final Newest<ZoneMap> map = new Newest<>(ZoneMap.EMPTY);

  public Zones(ZoneTable table, Vertx vertx) {
    this.table = table;
    this.vertx = vertx;
  }

  /** The present map; ask one map all questions that belong together. */
  public ZoneMap map() {
    return map.get();
  }

  @Override
  public Revisions.Kind kind() {
    return Revisions.Kind.ZONE;
  }

  @Override
  public Uni<Void> reload() {
    long ticket = map.begin();
    return table
        .list()
        .chain(
            read ->
                // Thousands of polygons take longer to prepare than an event loop may be held up.
                Uni.createFrom()
                    .completionStage(
                        () ->
                            vertx
                                .executeBlocking(
                                    () -> new ZoneMap(read.zones(), read.version()), false)
                                .toCompletionStage()))
        .invoke(prepared -> map.keep(ticket, prepared))
        .replaceWithVoid();
  }
}
