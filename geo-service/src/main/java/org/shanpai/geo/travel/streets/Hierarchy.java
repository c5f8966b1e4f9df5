package org.shanpai.geo.travel.streets;

import com.graphhopper.storage.BaseGraph;
import com.graphhopper.storage.RoutingCHEdgeExplorer;
import com.graphhopper.storage.RoutingCHEdgeIterator;
import com.graphhopper.storage.RoutingCHEdgeIteratorState;
import com.graphhopper.storage.RoutingCHGraph;
import com.graphhopper.util.EdgeIteratorState;
import java.util.Arrays;

/**
 * A contracted street graph in flat arrays: from each crossing only what leads to more important
 * crossings, once as it is driven away from it and once as it is driven towards it. Milliseconds
 * and metres side by side. Never changes.
 *
 * <p>A shortest way always rises to its most important crossing and then falls, so a search that
 * only rises from both ends finds it (Geisberger, Sanders, Schultes, Delling 2008).
 */
final class Hierarchy {

  /** What leads upward from every crossing, in one direction of driving. */
  static final class Upward {
    /** Where the links of a crossing begin; one more entry than crossings. */
    final int[] first;

    final int[] to;
    final int[] millis;
    final float[] metres;

    private Upward(int[] first, int[] to, int[] millis, float[] metres) {
      this.first = first;
      this.to = to;
      this.millis = millis;
      this.metres = metres;
    }

    int links() {
      return to.length;
    }
  }

  /** Links driven away from the crossing. */
  final Upward away;

  /** Links driven towards the crossing. */
  final Upward towards;

  private Hierarchy(Upward away, Upward towards) {
    this.away = away;
    this.towards = towards;
  }

  int crossings() {
    return away.first.length - 1;
  }

  static Hierarchy of(RoutingCHGraph contracted, BaseGraph streets) {
    float[] metres = lengths(contracted, streets);
    return new Hierarchy(
        upward(contracted, contracted.createOutEdgeExplorer(), false, metres),
        upward(contracted, contracted.createInEdgeExplorer(), true, metres));
  }

  /** Metres of every street and shortcut; a shortcut's parts always come before it. */
  private static float[] lengths(RoutingCHGraph contracted, BaseGraph streets) {
    int base = streets.getEdges();
    float[] metres = new float[base + contracted.getShortcuts()];
    for (int edge = 0; edge < base; edge++) {
      EdgeIteratorState state = streets.getEdgeIteratorState(edge, Integer.MIN_VALUE);
      metres[edge] = (float) state.getDistance();
    }
    for (int edge = base; edge < metres.length; edge++) {
      RoutingCHEdgeIteratorState shortcut =
          contracted.getEdgeIteratorState(edge, Integer.MIN_VALUE);
      int one = shortcut.getSkippedEdge1();
      int two = shortcut.getSkippedEdge2();
      if (one >= edge || two >= edge) {
        throw new IllegalStateException("shortcut %d of %d and %d".formatted(edge, one, two));
      }
      metres[edge] = metres[one] + metres[two];
    }
    return metres;
  }

  private static Upward upward(
      RoutingCHGraph contracted,
      RoutingCHEdgeExplorer explorer,
      boolean reverse,
      float[] allMetres) {
    int crossings = contracted.getNodes();
    int[] first = new int[crossings + 1];
    int size = 0;
    int[] to = new int[contracted.getEdges()];
    int[] millis = new int[to.length];
    float[] metres = new float[to.length];
    for (int crossing = 0; crossing < crossings; crossing++) {
      first[crossing] = size;
      int level = contracted.getLevel(crossing);
      RoutingCHEdgeIterator link = explorer.setBaseNode(crossing);
      while (link.next()) {
        double seconds = link.getWeight(reverse);
        if (contracted.getLevel(link.getAdjNode()) <= level || Double.isInfinite(seconds)) {
          continue;
        }
        if (size == to.length) {
          to = Arrays.copyOf(to, size + size / 2 + 16);
          millis = Arrays.copyOf(millis, to.length);
          metres = Arrays.copyOf(metres, to.length);
        }
        to[size] = link.getAdjNode();
        millis[size] = (int) Math.min(UpwardSearch.FURTHEST_MILLIS, Math.round(seconds * 1000));
        metres[size] = allMetres[link.getEdge()];
        size++;
      }
    }
    first[crossings] = size;
    return new Upward(
        first, Arrays.copyOf(to, size), Arrays.copyOf(millis, size), Arrays.copyOf(metres, size));
  }
}
