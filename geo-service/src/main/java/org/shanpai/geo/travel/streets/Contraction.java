package org.shanpai.geo.travel.streets;

import com.graphhopper.routing.ch.PrepareContractionHierarchies;
import com.graphhopper.routing.ch.PrepareEncoder;
import com.graphhopper.storage.CHConfig;
import com.graphhopper.storage.CHStorage;
import com.graphhopper.storage.Directory;
import com.graphhopper.storage.RAMDirectory;
import com.graphhopper.storage.RoutingCHGraph;
import com.graphhopper.storage.RoutingCHGraphImpl;
import java.util.List;

/**
 * Contracts the streets anew, for the zones of a moment.
 *
 * <p>GraphHopper registers what it makes, by name, in the graph's own directory and holds it there
 * for as long as the graph lives. So the result is copied out and its name given up: zones may
 * change every minute for months, and a graph that is swapped out can go when its last reader is
 * done.
 */
final class Contraction {

  private static final String NAME = "zoned";

  private Contraction() {}

  /** Takes seconds for a city; one at a time. */
  static RoutingCHGraph of(BaseStreets streets, EdgeZones zones) {
    CHConfig config = CHConfig.nodeBased(NAME, new ZonedWeighting(streets.weighting(), zones));
    synchronized (streets.graph()) {
      try {
        CHStorage made =
            PrepareContractionHierarchies.fromGraph(streets.graph(), config)
                .doWork()
                .getCHStorage();
        return RoutingCHGraphImpl.fromGraph(streets.graph(), copy(made), config);
      } finally {
        Directory directory = streets.graph().getDirectory();
        for (String part : List.of("nodes_ch_", "shortcuts_")) {
          if (directory.getDAs().containsKey(part + config.toFileName())) {
            directory.remove(part + config.toFileName());
          }
        }
      }
    }
  }

  private static CHStorage copy(CHStorage made) {
    CHStorage own = new CHStorage(new RAMDirectory(), NAME, -1, false);
    own.create(made.getNodes(), made.getShortcuts());
    for (int i = 0; i < made.getShortcuts(); i++) {
      long shortcut = made.toShortcutPointer(i);
      int access =
          (made.getFwdAccess(shortcut) ? PrepareEncoder.getScFwdDir() : 0)
              | (made.getBwdAccess(shortcut) ? PrepareEncoder.getScBwdDir() : 0);
      own.shortcutNodeBased(
          made.getNodeA(shortcut),
          made.getNodeB(shortcut),
          access,
          made.getWeight(shortcut),
          made.getSkippedEdge1(shortcut),
          made.getSkippedEdge2(shortcut));
    }
    for (int node = 0; node < made.getNodes(); node++) {
      long from = made.toNodePointer(node);
      long to = own.toNodePointer(node);
      own.setLevel(to, made.getLevel(from));
      own.setLastShortcut(to, made.getLastShortcut(from));
    }
    return own;
  }
}
