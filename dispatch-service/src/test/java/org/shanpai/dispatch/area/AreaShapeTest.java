package org.shanpai.dispatch.area;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

/** Distances to an area's border. */
class AreaShapeTest {

  private static final GeoPoint CORNER = new GeoPoint(31.2304, 121.4737);
  private static final AreaShape SQUARE =
      new AreaShape(
          List.of(
              CORNER,
              CORNER.offsetMetres(0, 1_000),
              CORNER.offsetMetres(1_000, 1_000),
              CORNER.offsetMetres(1_000, 0)));

  @Test
  void insideIsZero() {
    assertThat(SQUARE.metresOutside(CORNER.offsetMetres(500, 500))).isZero();
    assertThat(SQUARE.metresOutside(CORNER.offsetMetres(10, 990))).isZero();
  }

  @Test
  void beforeASideItIsTheWayToTheSide() {
    assertThat(SQUARE.metresOutside(CORNER.offsetMetres(500, -300))).isCloseTo(300, within(2.0));
    assertThat(SQUARE.metresOutside(CORNER.offsetMetres(1_700, 500))).isCloseTo(700, within(2.0));
  }

  @Test
  void beyondACornerItIsTheWayToTheCorner() {
    assertThat(SQUARE.metresOutside(CORNER.offsetMetres(-300, -400))).isCloseTo(500, within(2.0));
  }

  @Test
  void nooksOfAnOutlineAreOutside() {
    AreaShape hook =
        new AreaShape(
            List.of(
                CORNER,
                CORNER.offsetMetres(0, 1_000),
                CORNER.offsetMetres(1_000, 1_000),
                CORNER.offsetMetres(1_000, 800),
                CORNER.offsetMetres(200, 800),
                CORNER.offsetMetres(200, 0)));
    assertThat(hook.metresOutside(CORNER.offsetMetres(600, 500))).isCloseTo(300, within(2.0));
  }

  @Test
  void unknownBorderKeepsNobodyOut() {
    assertThat(AreaShape.UNKNOWN.known()).isFalse();
    assertThat(AreaShape.UNKNOWN.metresOutside(CORNER)).isZero();
  }
}
