package org.shanpai.order.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules' own examples; none of them is in the labelled set. */
class AddressRecogniserTest {

  private final AddressRecogniser recogniser = new AddressRecogniser(new AdministrativeNames());

  private RecognisedAddress read(String text) {
    return recogniser.recognise(text, true);
  }

  /** The written parts by kind, as the text has them. */
  private Map<String, String> written(String text) {
    Map<String, String> parts = new TreeMap<>();
    for (RecognisedPart part : read(text).parts()) {
      if (part.written()) {
        assertThat(text.substring(part.start(), part.end())).isEqualTo(part.text());
        parts.merge(part.part().text(), part.text(), (a, b) -> a + "|" + b);
      }
    }
    return parts;
  }

  @Test
  void addressFromProvinceToRoomComesApart() {
    assertThat(written("江苏省南京市鼓楼区中央路258号江南大厦3幢2单元12楼1204室"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "province", "江苏省",
                "city", "南京市",
                "district", "鼓楼区",
                "road", "中央路",
                "number", "258号",
                "estate", "江南大厦",
                "building", "3幢",
                "unit", "2单元",
                "floor", "12楼",
                "room", "1204室"));
  }

  @Test
  void valuesAreUniformHoweverTheyAreWritten() {
    RecognisedAddress address = read("上海静安区延平路９８弄，金色家园十二幢三单元十楼一〇〇二室");
    assertThat(address.value(AddressPart.CITY)).isEqualTo("上海市");
    assertThat(address.value(AddressPart.NUMBER)).isEqualTo("98弄");
    assertThat(address.value(AddressPart.BUILDING)).isEqualTo("12");
    assertThat(address.value(AddressPart.UNIT)).isEqualTo("3");
    assertThat(address.value(AddressPart.FLOOR)).isEqualTo("10");
    assertThat(address.value(AddressPart.ROOM)).isEqualTo("1002");
  }

  @Test
  void cityAndProvinceFollowFromADistrictThatThereIsOnce() {
    RecognisedAddress address = read("锦江区大慈寺路77号");
    assertThat(address.value(AddressPart.CITY)).isEqualTo("成都市");
    assertThat(address.value(AddressPart.PROVINCE)).isEqualTo("四川省");
    assertThat(address.part(AddressPart.CITY).orElseThrow().written()).isFalse();
    assertThat(read("鼓楼区中央路258号").part(AddressPart.CITY)).isEmpty();
  }

  @Test
  void lanesOfShanghaiAreNumbers() {
    assertThat(written("上海市卢湾区建国西路506弄3支弄12号"))
        .containsEntry("road", "建国西路")
        .containsEntry("number", "506弄3支弄12号");
    assertThat(written("上海市普陀区曹杨路1040弄曹杨新苑7号201室"))
        .containsEntry("number", "1040弄")
        .containsEntry("estate", "曹杨新苑")
        .containsEntry("building", "7号");
  }

  @Test
  void courtyardsOfBeijingAreNumbersAndTheirHousesBuildings() {
    assertThat(written("北京市海淀区北三环西路乙18号院5号楼3门602"))
        .containsEntry("number", "乙18号院")
        .containsEntry("building", "5号楼")
        .containsEntry("unit", "3门")
        .containsEntry("room", "602");
  }

  @Test
  void shorthandsOfTheDoorComeApart() {
    assertThat(written("杭州市拱墅区远洋公馆5-1-1902"))
        .containsEntry("building", "5")
        .containsEntry("unit", "1")
        .containsEntry("room", "1902");
    assertThat(written("杭州市拱墅区远洋公馆6#1101"))
        .containsEntry("building", "6#")
        .containsEntry("room", "1101");
    assertThat(written("武汉市江夏区藏龙花园9栋B座1703"))
        .containsEntry("building", "9栋B座")
        .containsEntry("room", "1703");
  }

  @Test
  void houseWhoseRoomsLieOnOtherFloorsIsABuilding() {
    assertThat(written("北京市朝阳区芍药居北里12楼305"))
        .containsEntry("building", "12楼")
        .containsEntry("room", "305");
    assertThat(written("北京市朝阳区远大中心12楼1205"))
        .containsEntry("floor", "12楼")
        .containsEntry("room", "1205");
  }

  @Test
  void villageAndItsGroupStandBeforeTheNumber() {
    assertThat(written("湖南省长沙市长沙县黄花镇黄垅新村六组88号"))
        .containsEntry("town", "黄花镇")
        .containsEntry("number", "88号");
    assertThat(written("广东省佛山市南海区里水镇岗联村二组15号"))
        .containsEntry("village", "岗联村二组")
        .containsEntry("number", "15号");
  }

  @Test
  void englishAndFullWidthAreRead() {
    assertThat(written("Ｒｍ １６０３， Bldg ９， 静安枫景苑， 北京西路１５１０号"))
        .containsEntry("room", "Ｒｍ １６０３")
        .containsEntry("building", "Bldg ９")
        .containsEntry("road", "北京西路")
        .containsEntry("number", "１５１０号");
  }

  @Test
  void traditionalCharactersAreRead() {
    RecognisedAddress address = read("廣東省廣州市越秀區東風中路318號嘉業大廈17樓");
    assertThat(address.value(AddressPart.PROVINCE)).isEqualTo("广东省");
    assertThat(address.value(AddressPart.DISTRICT)).isEqualTo("越秀区");
    assertThat(address.value(AddressPart.ESTATE)).isEqualTo("嘉业大厦");
    assertThat(address.value(AddressPart.FLOOR)).isEqualTo("17");
  }

  @Test
  void commonTyposAreForgiven() {
    RecognisedAddress address = read("重庆是渝北区新南路168号龙湖花园4栋2单园1103");
    assertThat(address.value(AddressPart.CITY)).isEqualTo("重庆市");
    assertThat(address.value(AddressPart.UNIT)).isEqualTo("2");
    assertThat(address.part(AddressPart.CITY).orElseThrow().confidence()).isLessThan(80);
  }

  @Test
  void pastedTemplateGivesNameAndPhone() {
    RecognisedAddress address =
        read("收货人：贺知微\n手机：+86 139-0000-4521\n地址：福建省厦门市集美区杏滨路55号万科广场写字楼A座1506");
    assertThat(address.value(AddressPart.NAME)).isEqualTo("贺知微");
    assertThat(address.phones()).extracting(RecognisedPhone::number).containsExactly("13900004521");
    assertThat(address.value(AddressPart.ROOM)).isEqualTo("1506");
  }

  @Test
  void landmarksAndWishesAreRemarks() {
    assertThat(written("西安市雁塔区育才路22号，肯德基对面，放门卫就行"))
        .containsEntry("number", "22号")
        .containsEntry("remarks", "肯德基对面|放门卫就行");
  }

  @Test
  void titledNamesAreNames() {
    assertThat(written("翡翠城9幢1203 尉迟先生 13700001203")).containsEntry("name", "尉迟先生");
    assertThat(written("翡翠城9幢1203 老梁 13700001203")).containsEntry("name", "老梁");
    assertThat(written("翡翠城9幢1203 顾晚晴（收）13700001203")).containsEntry("name", "顾晚晴");
  }

  @Test
  void estateWithoutABuildingAsksForIt() {
    RecognisedAddress address = read("绿洲花园小区1203室");
    assertThat(address.missing()).containsExactly(MissingPart.BUILDING);
    assertThat(address.confidence()).isLessThan(read("绿洲花园小区5栋1203室").confidence());
    assertThat(read("绿洲花园小区5栋1203室").missing()).isEmpty();
  }

  @Test
  void roadWithoutANumberAsksForIt() {
    RecognisedAddress address = read("成都市武侯区人民南路四段");
    assertThat(address.missing()).containsExactly(MissingPart.NUMBER);
    assertThat(address.confidence()).isLessThan(60);
  }

  @Test
  void cityIsAskedForOnlyWhenNothingTellsIt() {
    assertThat(recogniser.recognise("中山路8号", false).missing()).containsExactly(MissingPart.CITY);
    assertThat(recogniser.recognise("中山路8号", true).missing()).isEmpty();
    assertThat(recogniser.recognise("无锡市中山路8号", false).missing()).isEmpty();
  }

  @Test
  void textWithoutAnAddressHasNoConfidence() {
    for (String text : new String[] {"😀😀🎉", "hello", "<b>hi</b>", "12345", "？？？", "今天天气真好"}) {
      RecognisedAddress address = read(text);
      assertThat(address.confidence()).as(text).isLessThan(40);
      assertThat(address.missing()).as(text).isNotEmpty();
    }
  }

  @Test
  void tooLongATextIsRefused() {
    assertThatThrownBy(() -> read("路".repeat(AddressRecogniser.LONGEST + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingPersonalIsPrintedByAccident() {
    RecognisedAddress address = read("翡翠城9幢1203 尉迟先生 13700001203");
    assertThat(address.toString() + address.parts() + address.phones())
        .doesNotContain("尉迟", "1370000", "翡翠城");
  }
}
