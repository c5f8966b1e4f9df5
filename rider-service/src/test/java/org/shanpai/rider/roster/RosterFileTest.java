package org.shanpai.rider.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;

class RosterFileTest {

  @Test
  void columnsMayStandInAnyOrderAndCellsBeQuoted() {
    List<RosterFile.Line> lines =
        RosterFile.read(
            "\uFEFFname,riderId,label,phone,pool,capacityUnits,equipment\r\n"
                + "\"Wang, \"\"Ming\"\"\",r-1,骑手 001,13800000001,CROWDSOURCED,8,COLD_BOX HELMET\r\n"
                + "\r\n"
                + "Li,r-2,骑手 002,13800000002,DEDICATED,6,\n");
    assertThat(lines).extracting(RosterFile.Line::number).containsExactly(2, 4);
    assertThat(lines.get(0).profile().name()).isEqualTo("Wang, \"Ming\"");
    assertThat(lines.get(0).profile().equipment()).isEqualTo(Set.of("COLD_BOX", "HELMET"));
    assertThat(lines.get(1).profile().pool()).isEqualTo(Pool.DEDICATED);
  }

  @Test
  void aLineThatCannotBeReadNamesItsField() {
    List<RosterFile.Line> lines =
        RosterFile.read(
            "riderId,label,name,phone,pool,capacityUnits\n"
                + "r-1,a,b,13800000001,FLYING,8\n"
                + "r-2,a,b,13800000001,CROWDSOURCED,many\n");
    assertThat(lines).extracting(RosterFile.Line::field).containsExactly("pool", "capacityUnits");
    assertThat(lines.get(0).fault()).contains("FLYING");
  }

  @Test
  void firstWorkingDayIsReadWhereItIsTold() {
    List<RosterFile.Line> lines =
        RosterFile.read(
            "riderId,label,name,phone,pool,capacityUnits,startedOn\n"
                + "r-1,a,b,13800000001,CROWDSOURCED,8,2026-11-20\n"
                + "r-2,a,b,13800000001,CROWDSOURCED,8,\n"
                + "r-3,a,b,13800000001,CROWDSOURCED,8,last week\n");
    assertThat(lines.get(0).profile().startedOn()).isEqualTo(LocalDate.of(2026, 11, 20));
    assertThat(lines.get(1).profile().startedOn()).isNull();
    assertThat(lines.get(2).field()).isEqualTo("startedOn");
  }

  @Test
  void aFileWithoutItsColumnsIsRefused() {
    assertThatThrownBy(() -> RosterFile.read("riderId,label\nr-1,a\n"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("'name' is missing");
    assertThatThrownBy(() -> RosterFile.read("")).isInstanceOf(Problem.class);
  }
}
