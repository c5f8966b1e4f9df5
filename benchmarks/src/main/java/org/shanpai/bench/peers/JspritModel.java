package org.shanpai.bench.peers;

import com.graphhopper.jsprit.core.problem.AbstractJob;
import com.graphhopper.jsprit.core.problem.Location;
import com.graphhopper.jsprit.core.problem.VehicleRoutingProblem;
import com.graphhopper.jsprit.core.problem.constraint.ConstraintManager;
import com.graphhopper.jsprit.core.problem.constraint.HardActivityConstraint;
import com.graphhopper.jsprit.core.problem.constraint.HardRouteConstraint;
import com.graphhopper.jsprit.core.problem.cost.VehicleRoutingActivityCosts;
import com.graphhopper.jsprit.core.problem.cost.VehicleRoutingTransportCosts;
import com.graphhopper.jsprit.core.problem.driver.Driver;
import com.graphhopper.jsprit.core.problem.job.Delivery;
import com.graphhopper.jsprit.core.problem.job.Job;
import com.graphhopper.jsprit.core.problem.job.Shipment;
import com.graphhopper.jsprit.core.problem.misc.JobInsertionContext;
import com.graphhopper.jsprit.core.problem.solution.VehicleRoutingProblemSolution;
import com.graphhopper.jsprit.core.problem.solution.route.VehicleRoute;
import com.graphhopper.jsprit.core.problem.solution.route.activity.DeliverShipment;
import com.graphhopper.jsprit.core.problem.solution.route.activity.DeliveryActivity;
import com.graphhopper.jsprit.core.problem.solution.route.activity.PickupActivity;
import com.graphhopper.jsprit.core.problem.solution.route.activity.TimeWindow;
import com.graphhopper.jsprit.core.problem.solution.route.activity.TourActivity;
import com.graphhopper.jsprit.core.problem.vehicle.Vehicle;
import com.graphhopper.jsprit.core.problem.vehicle.VehicleImpl;
import com.graphhopper.jsprit.core.problem.vehicle.VehicleTypeImpl;
import java.util.ArrayList;
import java.util.List;

/**
 * A wave as jsprit understands it: shipments for what is picked up, deliveries for what is aboard,
 * committed work as initial routes. Lateness is the exact price of the activity; carrying and shelf
 * time are a price on the second of hand-over. It has no word for a job left out at a price: a
 * vehicle that rides in no time holds those. Longest carry and turning round are only in the
 * objective, which is exact, and the former where a job is put in. A job may go to the couriers
 * nearest to it.
 */
final class JspritModel {

  private static final int DIRECT_COUNTS_AS = 1_000;

  /** Stands for the holder, which takes any open job at the price of holding it. */
  static final int HOLDER = -1;

  private static final double DEAREST_HOLD = 1e9;
  private static final int SLACK_FOR_LAST_STOP = 600;

  private final FlatWave wave;
  private final boolean[][] mayTake;
  private final VehicleImpl[] vehicles;

  private final VehicleImpl holder;

  /** By pickup stop, or by drop-off stop where the goods are aboard. */
  private final Job[] jobs;

  private final VehicleRoutingProblem problem;

  JspritModel(FlatWave wave) {
    this.wave = wave;
    this.mayTake = new boolean[wave.jobs][wave.couriers];
    this.vehicles = new VehicleImpl[wave.couriers];
    this.jobs = new Job[wave.stops];
    VehicleRoutingProblem.Builder builder =
        VehicleRoutingProblem.Builder.newInstance()
            .setFleetSize(VehicleRoutingProblem.FleetSize.FINITE)
            .setRoutingCost(new Riding())
            .setActivityCosts(new AtStop());
    FlatRide ride = new FlatRide(wave);
    boolean[] nothingNew = new boolean[wave.couriers];
    for (int c = 0; c < wave.couriers; c++) {
      nothingNew[c] = !addCourier(builder, ride, c);
    }
    holder =
        VehicleImpl.Builder.newInstance("holder")
            .setType(
                VehicleTypeImpl.Builder.newInstance("holder")
                    .addCapacityDimension(0, Integer.MAX_VALUE)
                    .addCapacityDimension(1, Integer.MAX_VALUE)
                    .addCapacityDimension(2, Integer.MAX_VALUE)
                    .build())
            .setStartLocation(at(wave.startPlace[0]))
            .setReturnToDepot(false)
            .setUserData(HOLDER)
            .build();
    builder.addVehicle(holder);
    int[][] near = GreedyPeer.nearest(wave, GreedyPeer.NEAREST);
    for (int j = 0; j < wave.jobs; j++) {
      for (int c : near[j]) {
        mayTake[j][c] = !nothingNew[c];
      }
      builder.addJob(job(2 * j));
    }
    this.problem = builder.build();
  }

  VehicleRoutingProblem problem() {
    return problem;
  }

  private static Location at(int place) {
    return Location.Builder.newInstance().setIndex(place).setId("p" + place).build();
  }

  /** False when nothing new can end within the courier's hours. */
  private boolean addCourier(VehicleRoutingProblem.Builder builder, FlatRide ride, int c) {
    int aboardUnits = 0;
    int aboardGrams = 0;
    int mostUnits = wave.unitCapacity[c];
    int mostGrams = wave.gramCapacity[c];
    for (int s : wave.committed[c]) {
      if (!wave.pickup[s] && wave.partner[s] < 0) {
        aboardUnits += wave.units[s];
        aboardGrams += wave.grams[s];
      } else if (wave.pickup[s]) {
        mostUnits = Math.max(mostUnits, wave.unitsLimit[s]);
        mostGrams = Math.max(mostGrams, wave.gramsLimit[s]);
      }
    }
    // jsprit knows the load of deliveries from the start; only what they do not tell is taken off.
    mostUnits = Math.max(aboardUnits, mostUnits - (wave.startUnits[c] - aboardUnits));
    mostGrams = Math.max(aboardGrams, mostGrams - (wave.startGrams[c] - aboardGrams));
    ride.ride(c, wave.committed[c]);
    int lastBegin = wave.dutyEnd[c] - SLACK_FOR_LAST_STOP;
    boolean canEnd = wave.dutyEnd[c] >= FlatWave.NEVER || ride.end() <= lastBegin;
    VehicleImpl.Builder vehicle =
        VehicleImpl.Builder.newInstance("c" + c)
            .setType(
                VehicleTypeImpl.Builder.newInstance("c" + c)
                    .addCapacityDimension(0, mostUnits)
                    .addCapacityDimension(1, mostGrams)
                    .addCapacityDimension(2, DIRECT_COUNTS_AS)
                    .build())
            .setStartLocation(at(wave.startPlace[c]))
            .setEarliestStart(wave.startTime[c])
            .setReturnToDepot(false)
            .setUserData(c);
    if (canEnd && wave.dutyEnd[c] < FlatWave.NEVER) {
      vehicle.setLatestArrival(lastBegin);
    }
    vehicles[c] = vehicle.build();
    builder.addVehicle(vehicles[c]);
    if (wave.committed[c].length > 0) {
      VehicleRoute.Builder route = VehicleRoute.Builder.newInstance(vehicles[c]);
      route.setDepartureTime(wave.startTime[c]);
      addStops(route, wave.committed[c]);
      builder.addInitialVehicleRoute(route.build());
    }
    return canEnd;
  }

  private void addStops(VehicleRoute.Builder route, int[] stops) {
    for (int s : stops) {
      if (wave.pickup[s]) {
        route.addPickup((Shipment) job(s));
      } else if (wave.partner[s] >= 0) {
        route.addDelivery((Shipment) job(wave.partner[s]));
      } else {
        route.addDelivery((Delivery) job(s));
      }
    }
  }

  private Job job(int first) {
    if (jobs[first] == null) {
      jobs[first] = wave.pickup[first] ? shipment(first) : delivery(first);
    }
    return jobs[first];
  }

  private Shipment shipment(int pickup) {
    int dropoff = wave.partner[pickup];
    return Shipment.Builder.newInstance("s" + pickup)
        .setPickupLocation(at(wave.place[pickup]))
        .setPickupServiceTime(wave.service[pickup])
        .setPickupTimeWindow(
            TimeWindow.newInstance(Math.max(0, wave.earliest[pickup]), Double.MAX_VALUE))
        .setDeliveryLocation(at(wave.place[dropoff]))
        .setDeliveryServiceTime(wave.service[dropoff])
        .addSizeDimension(0, wave.units[pickup])
        .addSizeDimension(1, wave.grams[pickup])
        .addSizeDimension(2, wave.direct[pickup] ? DIRECT_COUNTS_AS : 1)
        .setUserData(new int[] {pickup, dropoff})
        .build();
  }

  private Delivery delivery(int dropoff) {
    Delivery.Builder builder = Delivery.Builder.newInstance("d" + dropoff);
    builder.setLocation(at(wave.place[dropoff]));
    builder.setServiceTime(wave.service[dropoff]);
    builder.addSizeDimension(0, wave.units[dropoff]);
    builder.addSizeDimension(1, wave.grams[dropoff]);
    builder.addSizeDimension(2, 1);
    builder.setUserData(new int[] {-1, dropoff});
    return builder.build();
  }

  /** The stop that an activity stands for. */
  static int stopOf(TourActivity activity) {
    int[] stops = stops(((TourActivity.JobActivity) activity).getJob());
    return activity instanceof PickupActivity ? stops[0] : stops[1];
  }

  private static int[] stops(Job job) {
    return (int[]) ((AbstractJob) job).getUserData();
  }

  /** Routes as a solution to start from. */
  VehicleRoutingProblemSolution solution(int[][] routes, double cost) {
    List<VehicleRoute> all = new ArrayList<>();
    boolean[] planned = new boolean[wave.jobs];
    for (int c = 0; c < routes.length; c++) {
      if (routes[c].length == 0) {
        continue;
      }
      VehicleRoute.Builder route = VehicleRoute.Builder.newInstance(vehicles[c]);
      route.setJobActivityFactory(problem.getJobActivityFactory());
      route.setDepartureTime(wave.startTime[c]);
      addStops(route, routes[c]);
      all.add(route.build());
      for (int s : routes[c]) {
        if (wave.owner[s] < 0) {
          planned[s >> 1] = true;
        }
      }
    }
    VehicleRoute.Builder held = VehicleRoute.Builder.newInstance(holder);
    held.setJobActivityFactory(problem.getJobActivityFactory());
    boolean holds = false;
    for (int j = 0; j < wave.jobs; j++) {
      if (!planned[j]) {
        addStops(held, new int[] {2 * j, 2 * j + 1});
        holds = true;
      }
    }
    if (holds) {
      all.add(held.build());
    }
    return new VehicleRoutingProblemSolution(all, cost);
  }

  void addConstraints(ConstraintManager constraints) {
    constraints.addConstraint(
        (HardRouteConstraint)
            insertion -> {
              int pickup = stops(insertion.getJob())[0];
              int c = (Integer) insertion.getNewVehicle().getUserData();
              return c == HOLDER
                  || pickup < 0
                  || wave.owner[pickup] >= 0
                  || mayTake[pickup >> 1][c];
            });
    constraints.addConstraint(
        (HardActivityConstraint)
            (insertion, before, fresh, after, leaves) -> {
              int c = (Integer) insertion.getNewVehicle().getUserData();
              double arrival =
                  leaves
                      + seconds(c, before.getLocation().getIndex(), fresh.getLocation().getIndex());
              return mayBegin(insertion, fresh, c, arrival)
                  ? HardActivityConstraint.ConstraintsStatus.FULFILLED
                  : HardActivityConstraint.ConstraintsStatus.NOT_FULFILLED;
            },
        ConstraintManager.Priority.HIGH);
  }

  /** A pickup within the shift, a drop-off within the longest carry. */
  private boolean mayBegin(
      JobInsertionContext insertion, TourActivity fresh, int courier, double arrival) {
    if (courier == HOLDER) {
      return true;
    }
    if (fresh instanceof PickupActivity) {
      return Math.max(arrival, fresh.getTheoreticalEarliestOperationStartTime())
          <= wave.shiftEnd[courier];
    }
    if (!(fresh instanceof DeliverShipment) || insertion.getRelatedActivityContext() == null) {
      return true;
    }
    double underWay =
        arrival + fresh.getOperationTime() - insertion.getRelatedActivityContext().getEndTime();
    return underWay <= wave.carryLimit[stops(insertion.getJob())[1]];
  }

  private double seconds(int courier, int from, int to) {
    int leg = courier == HOLDER ? 0 : wave.leg(courier, from, to);
    return leg < 0 ? FlatWave.NEVER : leg;
  }

  private final class Riding implements VehicleRoutingTransportCosts {

    private double time(Location from, Location to, Vehicle vehicle) {
      if (vehicle == holder) {
        return 0;
      }
      int leg =
          vehicle == null
              ? wave.times.seconds(from.getIndex(), to.getIndex())
              : wave.leg((Integer) vehicle.getUserData(), from.getIndex(), to.getIndex());
      return leg < 0 ? FlatWave.NEVER : leg;
    }

    @Override
    public double getTransportTime(
        Location from, Location to, double departure, Driver driver, Vehicle vehicle) {
      return time(from, to, vehicle);
    }

    @Override
    public double getBackwardTransportTime(
        Location from, Location to, double arrival, Driver driver, Vehicle vehicle) {
      return time(from, to, vehicle);
    }

    @Override
    public double getTransportCost(
        Location from, Location to, double departure, Driver driver, Vehicle vehicle) {
      return time(from, to, vehicle) * wave.weights.travelPerSecond();
    }

    @Override
    public double getBackwardTransportCost(
        Location from, Location to, double arrival, Driver driver, Vehicle vehicle) {
      return time(from, to, vehicle) * wave.weights.travelPerSecond();
    }

    @Override
    public double getDistance(Location from, Location to, double departure, Vehicle vehicle) {
      return time(from, to, vehicle);
    }
  }

  private final class AtStop implements VehicleRoutingActivityCosts {

    @Override
    public double getActivityCost(
        TourActivity activity, double arrival, Driver driver, Vehicle vehicle) {
      if (!(activity instanceof TourActivity.JobActivity)) {
        return 0;
      }
      int stop = stopOf(activity);
      if (vehicle == holder) {
        return wave.pickup[stop] ? Math.min(DEAREST_HOLD, wave.holdCost[stop >> 1]) : 0;
      }
      if (activity instanceof DeliverShipment || activity instanceof DeliveryActivity) {
        int end = (int) Math.min(FlatWave.NEVER, arrival) + wave.service[stop];
        double perSecond = (wave.weights.carryPerSecond() + wave.weights.shelfPerSecond()) / 2.0;
        return FlatRide.lateness(wave.weights, end, wave.due[stop]) + perSecond * end;
      }
      return vehicle == null || wave.owner[stop] >= 0
          ? 0
          : wave.equityPerJob[(Integer) vehicle.getUserData()];
    }

    @Override
    public double getActivityDuration(
        TourActivity activity, double arrival, Driver driver, Vehicle vehicle) {
      return activity.getOperationTime();
    }
  }
}
