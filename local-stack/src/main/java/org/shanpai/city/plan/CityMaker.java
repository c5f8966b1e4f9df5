package org.shanpai.city.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.shanpai.city.streets.Plane;
import org.shanpai.city.streets.Spot;
import org.shanpai.city.streets.StreetMaker;
import org.shanpai.city.streets.StreetMap;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;

/**
 * Makes up a city of 6 × 6 km whose stores lie in the middle 2 × 2 km, from a seed. The figures are
 * those of the calibration.
 */
public final class CityMaker {

  /** Lunch, orders an hour over the 4 km² with stores. */
  private static final double LUNCH_ORDERS = 60 * 4;

  /** What a rider can carry through on average, orders an hour. */
  private static final double ORDERS_PER_RIDER = 2.4;

  private static final double BAD_SHARE = 0.02;
  private static final double CANCEL_SHARE = 0.03;
  private static final double UNREACHABLE_SHARE = 0.01;
  private static final double REFUSE_SHARE = 0.003;
  private static final double LATE_KITCHEN_SHARE = 0.15;
  private static final int RANGE_METRES = 3_000;
  private static final int CLOSED_STORES = 2;
  private static final double MINUTE = 60_000;
  private static final double KITCHEN_SIGMA = 0.45;

  /** Median 1.4 km, p90 2.8 km. */
  private static final double DISTANCE_SIGMA = Math.log(2) / 1.2816;

  private static final GeoPoint MIDDLE = new GeoPoint(31.2304, 121.4737);

  private enum Kitchen {
    TEA("茶饮 Tea", 7, 1),
    FAST_FOOD("快餐 Fast food", 10, 1),
    RESTAURANT("餐厅 Restaurant", 15, 2),
    WAREHOUSE("闪电仓 Warehouse", 4, 2);

    private final String title;
    private final int medianMinutes;
    private final int maxUnits;

    Kitchen(String title, int medianMinutes, int maxUnits) {
      this.title = title;
      this.medianMinutes = medianMinutes;
      this.maxUnits = maxUnits;
    }
  }

  /** The malls' roofs reach a little beyond their stores. */
  private static final double MALL_METRES = 130;

  /** How far a store's door lies from where the merchant put the pin, metres. */
  private static final double LEAST_OFF = 10;

  private static final double MOST_OFF = 60;

  /** Share of the customers who live where others have ordered before. */
  private static final double KNOWN_DOORS = 0.5;

  /** How far such a door may be off the distance that was drawn. */
  private static final double NEARLY = 0.12;

  private static final List<Spot> MALLS =
      List.of(new Spot(-450, 380), new Spot(520, 250), new Spot(120, -560));

  private final Random random;

  /** For what was added after the city was first drawn: it leaves the rest as it was. */
  private final Random more;

  private final List<Building> buildings = new ArrayList<>();
  private final Scenario scenario;
  private final StreetMap streets;
  private final Plane plane = new Plane(MIDDLE);
  private final List<Store> stores = new ArrayList<>();
  private final List<Kitchen> kitchens = new ArrayList<>();

  private CityMaker(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.random = new Random(seed);
    this.more = new Random(seed * 31 + 7);
    this.streets = StreetMaker.city(seed);
  }

  /**
   * @param orders how many are submitted, bad ones included
   * @param riders how many there would be on a dry weekday
   */
  public static CityPlan make(Scenario scenario, int orders, int riders, long seed) {
    return new CityMaker(scenario, seed).make(orders, riders);
  }

  private CityPlan make(int orders, int riders) {
    makeStores(Math.max(12, Math.min(60, orders / 8)));
    int onDuty = Math.max(1, (int) Math.round(riders * scenario.riders()));
    List<Placement> placements = placements(orders, onDuty);
    long end = placements.get(placements.size() - 1).atMillis();
    Habits habits =
        new Habits(
            scenario.notAccepted(),
            0.25,
            8_000,
            0.01,
            0.02,
            0.5,
            true,
            30_000,
            20_000,
            20_000,
            true);
    List<Courier> couriers = couriers(onDuty, end);
    return new CityPlan(
        scenario.name().toLowerCase(java.util.Locale.ROOT),
        plane,
        streets,
        scenario.opens(),
        scenario.day(),
        areas(),
        List.copyOf(stores),
        couriers,
        placements,
        habits,
        1 / scenario.speed(),
        0.90,
        false,
        MALLS.stream().map(mall -> new Mall(mall, MALL_METRES)).toList(),
        zones(),
        Outskirts.asks(stores, orders, end, more),
        Map.of());
  }

  /** A park that no bike may enter, and lanes around the market where riding is slow. */
  private static List<Zone> zones() {
    return List.of(
        new Zone("z-park", "静园 Quiet park", StreetMaker.park(), null),
        new Zone(
            "z-market",
            "老街 Old market",
            List.of(
                new Spot(-300, -480), new Spot(80, -480), new Spot(80, -120), new Spot(-300, -120)),
            0.7));
  }

  /** Four districts that share the stores and a belt of 600 m around them, and one without. */
  private static List<Area> areas() {
    double far = 1_600;
    return List.of(
        Area.rectangle("a-1", "西南 South-west", new Spot(-far, -far), new Spot(0, 0)),
        Area.rectangle("a-2", "东南 South-east", new Spot(0, -far), new Spot(far, 0)),
        Area.rectangle("a-3", "西北 North-west", new Spot(-far, 0), new Spot(0, far)),
        Area.rectangle("a-4", "东北 North-east", new Spot(0, 0), new Spot(far, far)),
        // No store has come here yet.
        Area.rectangle(
            "a-5",
            "新城 New town",
            Outskirts.NEW_TOWN.moved(-400, -400),
            Outskirts.NEW_TOWN.moved(400, 400)));
  }

  private void makeStores(int count) {
    for (int i = 0; i < count; i++) {
      double where = random.nextDouble();
      Kitchen kitchen;
      Spot spot;
      if (where < 0.15) {
        kitchen = Kitchen.WAREHOUSE;
        spot = somewhere(980);
      } else {
        double what = random.nextDouble();
        kitchen = what < 0.3 ? Kitchen.TEA : what < 0.7 ? Kitchen.FAST_FOOD : Kitchen.RESTAURANT;
        spot =
            where < 0.60
                ? MALLS
                    .get(random.nextInt(MALLS.size()))
                    .moved(40 * random.nextGaussian(), 40 * random.nextGaussian())
                : somewhere(980);
      }
      kitchens.add(kitchen);
      stores.add(
          new Store(
              "s-%03d".formatted(i + 1),
              "m-%02d".formatted(i / 4 + 1),
              kitchen.title + " %02d".formatted(i + 1),
              spot,
              door(spot),
              RANGE_METRES,
              kitchen.medianMinutes * 60,
              true));
    }
    for (int i = 1; i <= CLOSED_STORES; i++) {
      Spot spot = stores.get(more.nextInt(count)).spot().moved(25, 25);
      stores.add(
          new Store(
              "s-c%02d".formatted(i),
              "m-01",
              "夜宵 Closed now %02d".formatted(i),
              spot,
              spot,
              RANGE_METRES,
              Kitchen.FAST_FOOD.medianMinutes * 60,
              false));
    }
  }

  /** Merchants put the pin on their house; riders stand at its door. */
  private Spot door(Spot pin) {
    while (true) {
      double metres = LEAST_OFF + (MOST_OFF - LEAST_OFF) * more.nextDouble();
      double angle = 2 * Math.PI * more.nextDouble();
      Spot door = pin.moved(metres * Math.cos(angle), metres * Math.sin(angle));
      if (!StreetMaker.inRiver(door)
          && StreetMaker.beyondRiver(door) == StreetMaker.beyondRiver(pin)) {
        return door;
      }
    }
  }

  /** A door beside a crossing within so many metres east, west, north and south of the middle. */
  private Spot somewhere(double half) {
    while (true) {
      Spot wild =
          new Spot(half * (2 * random.nextDouble() - 1), half * (2 * random.nextDouble() - 1));
      if (!StreetMaker.inRiver(wild)) {
        Spot crossing = streets.nearestCrossing(wild);
        Spot door =
            crossing.moved(30 * (2 * random.nextDouble() - 1), 30 * (2 * random.nextDouble() - 1));
        if (!StreetMaker.inRiver(door) && within(door, half)) {
          return door;
        }
      }
    }
  }

  private static boolean within(Spot spot, double half) {
    return Math.abs(spot.east()) <= half && Math.abs(spot.north()) <= half;
  }

  private List<Courier> couriers(int count, long end) {
    List<Courier> couriers = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      double kmPerHour = Math.max(11, Math.min(24, 16 + 2 * random.nextGaussian()));
      // One in ten goes home before the end, one in ten comes late.
      double turn = random.nextDouble();
      long on = turn < 0.1 ? (long) (end * 0.3 * random.nextDouble()) : random.nextInt(60_000);
      long off = turn > 0.9 ? (long) (end * (0.5 + 0.4 * random.nextDouble())) : Long.MAX_VALUE;
      couriers.add(
          new Courier(
              "r-%04d".formatted(i),
              "骑手 %03d".formatted(i),
              somewhere(1_100),
              on,
              off,
              kmPerHour * scenario.speed() / 3.6,
              8,
              phone(i)));
    }
    return couriers;
  }

  /**
   * Three in ten tell GCJ-02, one BD-09; one in twelve begins nearly empty; one in twenty cheats.
   */
  private Phone phone(int number) {
    double system = more.nextDouble();
    boolean low = more.nextDouble() < 1 / 12.0;
    return new Phone(
        system < 0.6
            ? CoordinateSystem.WGS_84
            : system < 0.9 ? CoordinateSystem.GCJ_02 : CoordinateSystem.BD_09,
        low ? 12 + 6 * more.nextDouble() : 45 + 55 * more.nextDouble(),
        9 + 7 * more.nextDouble(),
        number % 20 == 4);
  }

  private List<Placement> placements(int count, int riders) {
    double perHour = Math.min(LUNCH_ORDERS * scenario.orders(), riders * ORDERS_PER_RIDER);
    double span = count / perHour * 3_600_000;
    double ceiling = perHour / 3_600_000 * peak(0.5);
    List<Placement> placements = new ArrayList<>();
    double at = 0;
    while (placements.size() < count) {
      // A Poisson process of changing rate: one of the ceiling's rate, thinned.
      at += -Math.log(1 - random.nextDouble()) / ceiling;
      if (random.nextDouble() * peak(0.5) < peak(at / span)) {
        placements.add(placement(placements.size() + 1, (long) at));
      }
    }
    return placements;
  }

  /** How busy it is at that share of the rush, about 1 on average. */
  static double peak(double share) {
    return 0.75 + 0.65 * Math.exp(-Math.pow((share - 0.5) / 0.22, 2));
  }

  private Placement placement(int number, long at) {
    int which = random.nextInt(kitchens.size());
    Store store = stores.get(which);
    Kitchen kitchen = kitchens.get(which);
    double chance = random.nextDouble();
    Fate fate =
        chance < CANCEL_SHARE
            ? Fate.CANCELS
            : chance < CANCEL_SHARE + UNREACHABLE_SHARE
                ? Fate.UNREACHABLE
                : chance < CANCEL_SHARE + UNREACHABLE_SHARE + REFUSE_SHARE
                    ? Fate.REFUSES
                    : Fate.TAKES_IT;
    long cancel = (long) ((1 + 24 * random.nextDouble()) * MINUTE);
    int units = 1 + random.nextInt(kitchen.maxUnits);
    long ready = ready(kitchen.medianMinutes);
    Building building = building(store.spot());
    Blunder blunder =
        random.nextDouble() < BAD_SHARE
            ? Blunder.values()[random.nextInt(Blunder.values().length)]
            : null;
    return new Placement(
        number,
        at,
        store.storeId(),
        building.spot(),
        store.preparationSeconds(),
        ready,
        null,
        fate,
        cancel,
        doorMillis(building.kind()),
        units,
        blunder);
  }

  /** Log-normal around the median, except that 15 % are more than 5 minutes later than told. */
  private long ready(int medianMinutes) {
    if (random.nextDouble() < LATE_KITCHEN_SHARE) {
      return (long) ((medianMinutes + 5 - 4 * Math.log(1 - random.nextDouble())) * MINUTE);
    }
    while (true) {
      double minutes = medianMinutes * Math.exp(KITCHEN_SIGMA * random.nextGaussian());
      if (minutes <= medianMinutes + 5) {
        return (long) (minutes * MINUTE);
      }
    }
  }

  private long doorMillis(Building.Kind kind) {
    double minutes = kind.medianMinutes() * Math.exp(kind.sigma() * random.nextGaussian());
    return (long) (Math.min(25, minutes) * MINUTE);
  }

  private Building.Kind kind() {
    double kind = random.nextDouble();
    double how = random.nextDouble();
    if (kind < scenario.officeDoors()) {
      return how < 0.3 ? Building.Kind.LOCKER : Building.Kind.OFFICE;
    }
    if (kind < scenario.officeDoors() + scenario.homeDoors()) {
      return how < 0.25
          ? Building.Kind.LOCKER
          : how < 0.75 ? Building.Kind.HOME_WITH_LIFT : Building.Kind.SIX_FLOORS;
    }
    return how < 0.6 ? Building.Kind.LOCKER : Building.Kind.HOSPITAL;
  }

  /** Where a customer lives: a new house, or one as far away that others have ordered to. */
  private Building building(Spot store) {
    Spot fresh = dropoff(store);
    double metres = store.to(fresh);
    if (random.nextDouble() < KNOWN_DOORS) {
      List<Building> known =
          buildings.stream()
              .filter(b -> Math.abs(b.spot().to(store) - metres) < NEARLY * metres)
              .filter(b -> b.spot().to(store) < RANGE_METRES - 50)
              .toList();
      if (!known.isEmpty()) {
        return known.get(random.nextInt(known.size()));
      }
    }
    Building building = new Building(fresh, kind());
    buildings.add(building);
    return building;
  }

  private Spot dropoff(Spot store) {
    while (true) {
      double metres = 1_400 * Math.exp(DISTANCE_SIGMA * random.nextGaussian());
      double angle = 2 * Math.PI * random.nextDouble();
      Spot wild = store.moved(metres * Math.cos(angle), metres * Math.sin(angle));
      if (metres < 250
          || metres > RANGE_METRES - 150
          || !within(wild, StreetMaker.HALF_METRES - 100)
          || StreetMaker.inRiver(wild)) {
        continue;
      }
      Spot door =
          streets
              .nearestCrossing(wild)
              .moved(30 * (2 * random.nextDouble() - 1), 30 * (2 * random.nextDouble() - 1));
      if (!StreetMaker.inRiver(door) && door.to(store) < RANGE_METRES - 50) {
        return door;
      }
    }
  }
}
