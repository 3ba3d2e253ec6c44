package dev.telltale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each attack is refused by its own check, while honest devices go on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {
  private Scene scene;

  @BeforeAll
  void sets() throws Exception {
    scene = Scene.set("refusals-");
  }

  @AfterAll
  void ends() {
    scene.close();
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void attackIsRefusedByItsCheckAndHonestDevicesGoOn(Attack attack) throws Exception {
    Scene.Ending ending = scene.run(attack);
    assertEquals(attack.expected(), ending.outcome(), attack.description());
    assertTrue(ending.honestCommitted() > 0);
  }
}
