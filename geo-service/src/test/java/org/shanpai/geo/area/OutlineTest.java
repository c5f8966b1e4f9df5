package org.shanpai.geo.area;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.area.Outline.Checked;

class OutlineTest {

  private static final Outline.Limits LIMITS = new Outline.Limits(1_000, 100_000, 1_000);

  private static List<Corner> corners(double... latLon) {
    List<Corner> corners = new ArrayList<>();
    for (int i = 0; i < latLon.length; i += 2) {
      corners.add(new Corner(latLon[i], latLon[i + 1]));
    }
    return corners;
  }

  private static Checked.Bad refused(List<Corner> corners) {
    Checked checked = Outline.check(corners, CoordinateSystem.WGS_84, LIMITS);
    assertThat(checked).isInstanceOf(Checked.Bad.class);
    return (Checked.Bad) checked;
  }

  private static Outline taken(List<Corner> corners) {
    Checked checked = Outline.check(corners, CoordinateSystem.WGS_84, LIMITS);
    assertThat(checked).isInstanceOf(Checked.Good.class);
    return ((Checked.Good) checked).outline();
  }

  @Test
  void eitherWindingClosedOrNotComesOutCounterClockwiseAndOpen() {
    List<Corner> counterClockwise =
        corners(31.22, 121.46, 31.22, 121.48, 31.24, 121.48, 31.24, 121.46);
    List<Corner> clockwise = new ArrayList<>(counterClockwise);
    Collections.reverse(clockwise);
    clockwise.add(clockwise.get(0));
    Outline open = taken(counterClockwise);
    assertThat(open.corners()).hasSize(4).startsWith(new GeoPoint(31.22, 121.46));
    assertThat(taken(clockwise).corners()).containsExactlyInAnyOrderElementsOf(open.corners());
    assertThat(signedArea(taken(clockwise))).isPositive();
    assertThat(signedArea(open)).isPositive();
  }

  private static double signedArea(Outline outline) {
    double twice = 0;
    List<GeoPoint> corners = outline.corners();
    for (int i = 0; i < corners.size(); i++) {
      GeoPoint a = corners.get(i);
      GeoPoint b = corners.get((i + 1) % corners.size());
      twice += a.lon() * b.lat() - b.lon() * a.lat();
    }
    return twice;
  }

  @Test
  void aBowTieIsRefusedWhereItCrosses() {
    Checked.Bad bad = refused(corners(31.22, 121.46, 31.24, 121.48, 31.22, 121.48, 31.24, 121.46));
    assertThat(bad.field()).isEqualTo("outline");
    assertThat(bad.detail()).contains("crosses").contains("31.230000").contains("121.470000");
  }

  @Test
  void twoCornersAreNoArea() {
    Checked.Bad bad = refused(corners(31.22, 121.46, 31.24, 121.48, 31.22, 121.46));
    assertThat(bad.detail()).contains("2 different corners");
  }

  @Test
  void tooManyCornersAreCounted() {
    List<Corner> many = new ArrayList<>();
    for (int i = 0; i < 1_001; i++) {
      double angle = 2 * Math.PI * i / 1_001;
      many.add(new Corner(31.23 + 0.01 * Math.sin(angle), 121.47 + 0.01 * Math.cos(angle)));
    }
    assertThat(refused(many).detail()).contains("1001 corners").contains("at most 1000");
    assertThat(taken(many.subList(0, 1_000)).corners()).hasSize(1_000);
  }

  @Test
  void aHemisphereIsNoArea() {
    Checked.Bad bad = refused(corners(-80, -90, -80, 90, 80, 90, 80, -90));
    assertThat(bad.field()).isEqualTo("outline");
    assertThat(bad.detail()).contains("km across");
  }

  @Test
  void aSliverIsNoArea() {
    assertThat(refused(corners(31.22, 121.46, 31.22, 121.46001, 31.22001, 121.46)).detail())
        .contains("m²");
  }

  @Test
  void exchangedLatitudeAndLongitudeAreNamedWithTheCorner() {
    Checked.Bad bad = refused(corners(31.22, 121.46, 121.48, 31.22, 31.24, 121.48));
    assertThat(bad.field()).isEqualTo("outline[1].lat");
    assertThat(bad.detail()).contains("exchanged");
  }

  @Test
  void missingAndNaNCornersAreNamed() {
    List<Corner> missing = corners(31.22, 121.46, 31.22, 121.48);
    missing.add(new Corner(31.24, null));
    assertThat(refused(missing).field()).isEqualTo("outline[2]");
    assertThat(refused(corners(31.22, Double.NaN, 31.22, 121.48, 31.24, 121.48)).field())
        .isEqualTo("outline[0].lon");
    assertThat(refused(null).field()).isEqualTo("outline");
  }
}
