package org.shanpai.engine.solver;

import java.util.Iterator;
import java.util.Random;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;

/** Makes the iterators of the search, one for each step. Chance comes from the wave's seed. */
public class PairMoves implements MoveIteratorFactory<RoutePlan, RoutesMove> {

  private MoveProposer proposer;

  @Override
  public void phaseStarted(ScoreDirector<RoutePlan> director) {
    proposer = new MoveProposer(director.getWorkingSolution());
  }

  @Override
  public void phaseEnded(ScoreDirector<RoutePlan> director) {
    proposer = null;
  }

  @Override
  public long getSize(ScoreDirector<RoutePlan> director) {
    return Integer.MAX_VALUE;
  }

  @Override
  public Iterator<RoutesMove> createOriginalMoveIterator(ScoreDirector<RoutePlan> director) {
    return createRandomMoveIterator(director, new Random(0));
  }

  @Override
  public Iterator<RoutesMove> createRandomMoveIterator(
      ScoreDirector<RoutePlan> director, Random unused) {
    return proposer.fromHere();
  }
}
