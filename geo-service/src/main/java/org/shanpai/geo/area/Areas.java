package org.shanpai.geo.area;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.area.postgres.AreaTable;
import org.shanpai.geo.revision.Reloaded;
import org.shanpai.geo.revision.Revisions;

/** The areas as this replica knows them: one {@link AreaMap}, swapped whole. */
@ApplicationScoped
public class Areas implements Reloaded {

  private final AreaTable table;
  private volatile AreaMap map = AreaMap.EMPTY;

  public Areas(AreaTable table) {
    this.table = table;
  }

  /** The present map; ask one map all questions that belong together. */
  public AreaMap map() {
    return map;
  }

  /** See {@link AreaMap#covers}. */
  public boolean covers(GeoPoint place, double marginMetres) {
    return map.covers(place, marginMetres);
  }

  public boolean knows(AreaId areaId) {
    return map.find(areaId) != null;
  }

  @Override
  public Revisions.Kind kind() {
    return Revisions.Kind.AREA;
  }

  @Override
  public Uni<Void> reload() {
    return table.list().invoke(areas -> map = new AreaMap(areas)).replaceWithVoid();
  }
}
