package org.shanpai.rider.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.rider.earnings.JobFixture;

/** The riders' page on a phone, in a real browser. */
@QuarkusTest
class RiderPageIT extends PageScenario {

  private static FilePayload photo() {
    BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 320; x++) {
      for (int y = 0; y < 240; y++) {
        image.setRGB(x, y, (x * 7 + y * 13) & 0xffffff);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FilePayload("door.png", "image/png", bytes.toByteArray());
  }

  /** How often dispatch was asked for that step of that job. */
  private static long steps(String order, String step) {
    return askedOfNeighbours().stream()
        .filter(
            asked ->
                asked.startsWith("POST /internal/v1/jobs/j-" + order + "/steps")
                    && asked.contains("\"step\":\"" + step + "\""))
        .count();
  }

  @Test
  void shiftOfferCodesPhotoAndATunnelTakeAnOrderToItsDoorOnce() {
    Login login = onboarded();
    Page page = phone(390, 844, "zh-CN", ColorScheme.LIGHT);
    signIn(page, login);
    assertThat(page.locator("#stream-text")).hasText("已连接");
    assertThat(page.locator("#shift-state")).hasText("已下线");
    page.click("#shift");
    assertThat(page.locator("#shift-state")).hasText("在线，正在等单");
    assertThat(page.locator("#fatigue")).containsText("今日工作 2 小时 36 分");
    assertThat(barriers(page)).isEmpty();

    String order = "web-" + unique();
    offer(order, login.rider(), 1, OfferState.Status.OPEN);
    assertThat(page.locator("#offer-pay")).hasText("¥9.50");
    Locator sheet = page.locator("#offer");
    assertThat(sheet).containsText("配送费 ¥6.50 + 小费 ¥3.00");
    assertThat(sheet).containsText("1.8 kg · 2 格 · 要冷藏箱");
    assertThat(sheet).containsText("离店 1.5 km");
    assertThat(page.locator("#offer-why")).containsText("您离店最近，现在出发正好准时。");
    assertThat(page.locator("#offer-left")).hasText(Pattern.compile("1[01]\\d 秒"));
    assertThat(overflows(page)).isFalse();
    assertThat(barriers(page)).isEmpty();
    picture(page, "rider-offer");
    page.click("#accept");
    offer(order, login.rider(), 2, OfferState.Status.ACCEPTED);
    assertThat(sheet).isHidden();

    assertThat(page.locator("#stop-kind")).hasText("去取货");
    assertThat(page.locator("#job-status")).hasText("去店里");
    assertThat(page.locator("#stop-eta")).hasText(Pattern.compile("实时预计 \\d\\d:\\d\\d 到 · .*"));
    assertThat(page.locator("#map")).hasAttribute("data-streets", "24");
    assertThat(page.locator("#map #at")).hasCount(1);
    assertThat(barriers(page)).isEmpty();
    page.click("#at-store");
    page.fill("#picked-up-code", "1234");
    page.click("#picked-up");
    assertThat(page.locator("#toast")).hasText("码不对，请再核对。");
    page.fill("#picked-up-code", "4711");
    page.click("#picked-up");
    assertThat(page.locator("#stop-kind")).hasText("去送货");
    assertThat(page.locator("#stop-place")).hasText("文三路 90 号 2 幢 301");
    // What a customer wrote is text, whatever it looks like.
    assertThat(page.locator("#note")).containsText("<script>window.hacked=1</script><img src=x");
    assertThat(page.evaluate("() => window.hacked ?? null")).isNull();
    assertThat(page.locator("#customer img")).hasCount(0);

    tunnel(page, order);

    assertThat(page.locator("#waiting")).isHidden();
    assertThat(steps(order, "ARRIVED_CUSTOMER")).isEqualTo(1);
    assertThat(steps(order, "DELIVERED")).isEqualTo(1);
    List<Map<String, Object>> told =
        asRider(login.rider())
            .get("/v1/rider/jobs/j-" + order + "/actions")
            .then()
            .extract()
            .path("actions");
    assertThat(told)
        .filteredOn(one -> "DONE".equals(one.get("outcome")))
        .extracting(one -> one.get("kind"))
        .containsExactly("ARRIVED_STORE", "PICKED_UP", "ARRIVED_CUSTOMER", "DELIVERED");
    assertThat(told.get(told.size() - 1))
        .containsEntry("clockBy", "SENT_AT")
        .satisfies(
            last -> assertThat(((Number) last.get("lateMillis")).longValue()).isGreaterThan(1_000));

    scoreAndAppeal(page, login, order);
    assertThat(surprises()).isEmpty();
  }

  /** Without a line the steps go on; the page is opened anew in between, and nothing is lost. */
  private void tunnel(Page page, String order) {
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)");
    page.context().setOffline(true);
    assertThat(page.locator("#stream-text")).hasText("重新连接中");
    page.click("#at-customer");
    assertThat(page.locator("#waiting")).hasText("1 个操作待发送");
    assertThat(page.locator("#job-status")).hasText("已到达");
    page.reload();
    assertThat(page.locator("#waiting")).hasText("1 个操作待发送");
    assertThat(page.locator("#job-status")).hasText("已到达");
    assertThat(page.locator("#note")).isVisible();
    assertThat(page.locator("#leave")).isDisabled();
    page.setInputFiles("#photo", photo());
    assertThat(page.locator("#photo-seen")).isVisible();
    page.click("#leave");
    assertThat(page.locator("#waiting")).hasText("2 个操作待发送");
    assertThat(page.locator("#idle")).isVisible();
    assertThat(steps(order, "ARRIVED_CUSTOMER")).isZero();
    assertThat(barriers(page)).isEmpty();
    page.waitForTimeout(1_500);
    page.context().setOffline(false);
    assertThat(page.locator("#stream-text")).hasText("已连接");
  }

  private void scoreAndAppeal(Page page, Login login, String order) {
    Instant now = Instant.now();
    send(JobFixture.delivered(order, login.rider(), "a-1", now.minusSeconds(400), now, 650L));
    await()
        .until(() -> count("select count(*) from score_entry where subject = ?", "o-" + order) > 0);
    page.click("#tab-score");
    assertThat(page.locator("#score-points")).hasText("68");
    Locator row = page.locator("[data-rule=OT2]");
    row.locator("summary").click();
    assertThat(row).containsText("送达");
    assertThat(row).containsText("由规则判定");
    assertThat(page.locator("#way-up")).containsText("分");
    assertThat(overflows(page)).isFalse();
    assertThat(barriers(page)).isEmpty();
    row.locator(".appeal").click();
    page.fill("#ask-grounds", "小区门禁 <b>打不开</b>");
    // The picture of the drop point was handed in on the way.
    assertThat(page.locator("#ask-picture option")).hasCount(2);
    assertThat(barriers(page)).isEmpty();
    page.click("#act-go");
    assertThat(page.locator("#appeals")).containsText("处理中");
    String proof =
        query(
                "select proof_id from appeal_evidence e join appeal a using (appeal_id)"
                    + " where a.rider_id = ?",
                login.rider())
            .get(0);
    assertThat(proof).startsWith("p-");
    page.click("#lang");
    Locator appeal = page.locator("[data-appeal]");
    assertThat(appeal).containsText("Filed");
    appeal.locator("summary").click();
    assertThat(appeal).containsText("小区门禁 <b>打不开</b>");
    assertThat(appeal.locator("b", new Locator.LocatorOptions().setHasText("打不开"))).hasCount(0);
    assertThat(page.locator("#score-level")).not().isEmpty();
    picture(page, "rider-score");
    page.click("#tab-money");
    assertThat(page.locator("#today")).hasText("¥6.50");
    assertThat(page.locator("#money")).containsText("Base pay");
    assertThat(barriers(page)).isEmpty();
  }
}
