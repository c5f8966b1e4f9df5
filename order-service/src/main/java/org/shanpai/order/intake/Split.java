package org.shanpai.order.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.order.box.Box;
import org.shanpai.order.box.BoxRule;
import org.shanpai.order.box.BoxSettings;
import org.shanpai.order.box.Line;
import org.shanpai.order.box.Load;
import org.shanpai.order.box.Packing;
import org.shanpai.order.box.Room;
import org.shanpai.order.box.Unpackable;
import org.shanpai.order.orders.FeeParts;
import org.shanpai.order.orders.Item;

/** Packs what is ordered, and splits it over several riders where one does not carry it. */
@ApplicationScoped
public class Split {

  private final Packing packing;
  private final LoadRule load;
  private final long furtherLoadFen;

  Split(IntakeSettings intake, BoxSettings boxes) {
    this.load = LoadRule.of(intake.load());
    Room unit = new Room(load.gramsPerUnit(), load.piecesPerUnit(), load.cm3PerUnit());
    this.packing =
        new Packing(new BoxRule(unit, LoadRule.CAPACITY, boxes.units(), boxes.mostLoads()));
    if (boxes.furtherLoadFen() < 0) {
      throw new IllegalArgumentException(
          "shanpai.box.further-load-fen must be 0 or more but is " + boxes.furtherLoadFen());
    }
    this.furtherLoadFen = boxes.furtherLoadFen();
  }

  /**
   * What one rider carries.
   *
   * @param items those of the purchase that are in it, with their quantities
   * @param boxes their contents by index in {@code items}
   */
  public record Share(List<Item> items, List<Box> boxes) {

    /** All its goods together. */
    public GoodsTotals totals() {
      return GoodsTotals.of(items, null);
    }
  }

  /**
   * The shares of a purchase, the one that leads first. Whoever says how much room the goods take
   * has looked at them, and gets one.
   *
   * @param loadUnits as the merchant says; null to have it worked out
   * @throws Problem 422 naming what cannot be carried: {@code too-much-for-one-rider}, {@code
   *     too-many-riders}, {@code needs-clash}
   */
  public List<Share> shares(List<Item> items, Integer loadUnits) {
    List<Line> lines = items.stream().map(Split::line).toList();
    try {
      if (loadUnits != null) {
        load.unitsForOneRider(GoodsTotals.of(items, loadUnits), "items");
        return List.of(new Share(items, packing.boxes(lines)));
      }
      List<Load> loads = packing.pack(lines);
      return loads.size() == 1
          ? List.of(new Share(items, loads.get(0).boxes()))
          : loads.stream().map(one -> share(items, one)).toList();
    } catch (Unpackable impossible) {
      throw Problem.unprocessable(
          switch (impossible.reason()) {
            case PIECE_TOO_BIG -> "too-much-for-one-rider";
            case TOO_MANY_LOADS -> "too-many-riders";
            case CLIMATES_CLASH -> "needs-clash";
          },
          impossible.field(),
          impossible.getMessage());
    }
  }

  /** What each share after the first costs, now or as it was quoted. */
  FeeParts furtherFee(Conditions conditions) {
    Conditions.Further quoted = conditions.further();
    return FeeParts.ofFurtherLoad(quoted == null ? furtherLoadFen : quoted.fenEach());
  }

  /** The first share's conditions, with what the others take and cost. */
  public Conditions whole(Conditions first, List<Share> shares) {
    return shares.size() == 1
        ? first
        : first.with(
            new Conditions.Further(
                shares.stream().skip(1).map(share -> load.units(share.totals())).toList(),
                furtherLoadFen));
  }

  /**
   * The shares of what was quoted.
   *
   * @throws Problem 422 {@code quote-mismatch} when the goods take other loads by now
   */
  List<Share> quoted(List<Item> items, Conditions quoted) {
    if (quoted.further() == null) {
      return shares(items, quoted.loadUnits());
    }
    List<Share> shares = shares(items, null);
    List<Integer> room = shares.stream().map(share -> load.units(share.totals())).toList();
    List<Integer> agreed = new ArrayList<>(List.of(quoted.loadUnits()));
    agreed.addAll(quoted.further().loadUnits());
    if (!room.equals(agreed)) {
      throw LockRule.otherThanQuoted("items");
    }
    return shares;
  }

  private static Line line(Item item) {
    return new Line(
        item.quantity(),
        item.weightGrams(),
        item.volumeCm3() == null ? 0 : item.volumeCm3(),
        item.needs());
  }

  private static Share share(List<Item> items, Load load) {
    Map<Integer, Integer> quantities = load.quantities();
    List<Integer> lines = new ArrayList<>(quantities.keySet());
    return new Share(
        lines.stream().map(line -> items.get(line).of(quantities.get(line))).toList(),
        load.boxes().stream().map(box -> box.renumbered(lines::indexOf)).toList());
  }
}
