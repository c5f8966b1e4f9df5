package org.shanpai.order.box;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Packs the goods of an order into boxes and the boxes into riders' loads (切箱). Fewest loads first,
 * then fewest boxes. Thread-safe; the same order is always packed the same way.
 */
public final class Packing {

  private final BoxRule rule;

  public Packing(BoxRule rule) {
    this.rule = rule;
  }

  /** What is packed: one piece, and the line it is of. */
  private record Piece(int item, Room room, Climate climate) {}

  /**
   * Packs an order.
   *
   * @param lines at least one
   * @return the loads, the one with most units first
   * @throws Unpackable when no split over the riders allowed carries it
   */
  public List<Load> pack(List<Line> lines) {
    List<Piece> pieces = pieces(lines);
    List<List<Piece>> split = split(pieces, rule.load());
    if (split.size() > rule.mostLoads()) {
      throw tooMany(split.size());
    }
    // Where it costs no further rider, no rider needs equipment for two climates.
    List<List<Piece>> pure = new ArrayList<>();
    byClimate(pieces).values().forEach(own -> pure.addAll(split(own, rule.load())));
    if (pure.size() == split.size()) {
      split = pure;
    }
    // The first order leads: it is the largest.
    split.sort((a, b) -> Double.compare(sum(b).shares(rule.load()), sum(a).shares(rule.load())));
    List<Load> loads = new ArrayList<>();
    int boxes = 0;
    for (List<Piece> part : split) {
      loads.add(load(part, boxes));
      boxes += loads.get(loads.size() - 1).boxes().size();
    }
    return List.copyOf(loads);
  }

  /**
   * Packs an order that one rider carries, whatever room it seems to need.
   *
   * @return none for more pieces than all riders together carry: nobody packs them one by one
   * @throws Unpackable when a line wants two climates
   */
  public List<Box> boxes(List<Line> lines) {
    long count = lines.stream().mapToLong(Line::quantity).sum();
    if (count > rule.load().pieces() * rule.mostLoads()) {
      return List.of();
    }
    List<Piece> pieces = new ArrayList<>();
    for (int item = 0; item < lines.size(); item++) {
      addPieces(pieces, item, lines.get(item));
    }
    return load(pieces, 0).boxes();
  }

  /** Pieces one by one; refuses before it makes more of them than could ever be carried. */
  private List<Piece> pieces(List<Line> lines) {
    Room sum = Room.NONE;
    for (int item = 0; item < lines.size(); item++) {
      Line line = lines.get(item);
      Room piece = line.piece();
      if (!piece.fits(rule.load())) {
        throw new Unpackable(
            Unpackable.Reason.PIECE_TOO_BIG,
            "items[" + item + "]",
            "One piece of items["
                + item
                + "] needs "
                + piece.units(rule.unit())
                + " units of room but a rider's box has "
                + rule.loadUnits()
                + ".");
      }
      climate(item, line);
      sum = sum.plus(piece.times(line.quantity()));
    }
    if (sum.units(rule.load()) > rule.mostLoads()) {
      throw tooMany(sum.units(rule.load()));
    }
    List<Piece> pieces = new ArrayList<>();
    for (int item = 0; item < lines.size(); item++) {
      addPieces(pieces, item, lines.get(item));
    }
    return pieces;
  }

  private static void addPieces(List<Piece> pieces, int item, Line line) {
    Piece piece = new Piece(item, line.piece(), climate(item, line));
    for (int i = 0; i < line.quantity(); i++) {
      pieces.add(piece);
    }
  }

  private static Climate climate(int item, Line line) {
    try {
      return Climate.of(line.needs());
    } catch (IllegalArgumentException clash) {
      throw new Unpackable(
          Unpackable.Reason.CLIMATES_CLASH,
          "items[" + item + "].needs",
          clash.getMessage() + " Split items[" + item + "] into two lines.");
    }
  }

  private Unpackable tooMany(long loads) {
    return new Unpackable(
        Unpackable.Reason.TOO_MANY_LOADS,
        "items",
        "The goods need "
            + loads
            + " riders but an order is split over at most "
            + rule.mostLoads()
            + "; split them over several orders.");
  }

  private Load load(List<Piece> pieces, int boxesBefore) {
    Room sum = sum(pieces);
    List<Box> boxes = new ArrayList<>();
    byClimate(pieces).forEach((climate, own) -> addBoxes(boxes, boxesBefore, climate, own));
    return new Load((int) sum.units(rule.unit()), sum.grams(), List.copyOf(boxes));
  }

  private void addBoxes(List<Box> boxes, int before, Climate climate, List<Piece> pieces) {
    List<Piece> smaller = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.room().fits(rule.box())) {
        smaller.add(piece);
      } else {
        boxes.add(box(before + boxes.size() + 1, climate, List.of(piece)));
      }
    }
    for (List<Piece> contents : split(smaller, rule.box())) {
      boxes.add(box(before + boxes.size() + 1, climate, contents));
    }
  }

  private Box box(int number, Climate climate, List<Piece> pieces) {
    Map<Integer, Integer> quantities = new LinkedHashMap<>();
    pieces.forEach(piece -> quantities.merge(piece.item(), 1, Integer::sum));
    Room sum = sum(pieces);
    return new Box(
        number,
        climate,
        (int) sum.units(rule.unit()),
        sum.grams(),
        quantities.entrySet().stream()
            .map(entry -> new Box.Content(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static List<List<Piece>> split(List<Piece> pieces, Room bin) {
    int[] binOf = new BinPacking(pieces.stream().map(Piece::room).toList(), bin).pack();
    List<List<Piece>> bins = new ArrayList<>();
    for (int i = BinPacking.bins(binOf); i > 0; i--) {
      bins.add(new ArrayList<>());
    }
    for (int i = 0; i < binOf.length; i++) {
      bins.get(binOf[i]).add(pieces.get(i));
    }
    return bins;
  }

  private static Map<Climate, List<Piece>> byClimate(List<Piece> pieces) {
    Map<Climate, List<Piece>> apart = new EnumMap<>(Climate.class);
    for (Piece piece : pieces) {
      apart.computeIfAbsent(piece.climate(), climate -> new ArrayList<>()).add(piece);
    }
    return apart;
  }

  private static Room sum(List<Piece> pieces) {
    return pieces.stream().map(Piece::room).reduce(Room.NONE, Room::plus);
  }
}
