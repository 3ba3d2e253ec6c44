package dev.telltale.e2e;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A running fleet with one device in the attacker's hands, the first, and one whose registers may
 * change, the last. The others are honest and must not notice.
 */
final class Scene implements AutoCloseable {
  private static final int DEVICES = 3;

  private final World world;
  private Optional<Stolen> stolen = Optional.empty();

  private Scene(World world) {
    this.world = world;
  }

  /** How an attack ended. */
  record Ending(Attack attack, Attack.Expected outcome, long honestCommitted) {
    boolean asSpecified() {
      return outcome.equals(attack.expected()) && honestCommitted > 0;
    }
  }

  static Scene set(String name) throws IOException, InterruptedException {
    World world = World.running(name, DEVICES, Sensing.endless());
    try {
      for (Device device : world.devices()) {
        Waiting.until(device.name() + " has delivered", () -> device.delivered(0) > 0);
      }
    } catch (IOException | InterruptedException e) {
      world.close();
      throw e;
    }
    return new Scene(world);
  }

  World world() {
    return world;
  }

  Device victim() {
    return world.devices().getFirst();
  }

  /** Honest, and for the attack on its registers only: its chain has to stay its own. */
  Device tampered() {
    return world.devices().getLast();
  }

  List<Device> honest() {
    return world.devices().subList(1, world.devices().size() - 1);
  }

  /** The first device, taken from its agent. */
  Stolen stolen() throws Exception {
    if (stolen.isEmpty()) {
      if (victim().running()) {
        victim().terminate();
      }
      stolen = Optional.of(Stolen.take(world, victim()));
    }
    return stolen.get();
  }

  /** Gives the TPM back. */
  void release() {
    stolen.ifPresent(Stolen::close);
    stolen = Optional.empty();
  }

  /** Attacks, and looks at the honest devices: each commits something after it, none is refused. */
  Ending run(Attack attack) throws Exception {
    Log collector = world.collector().log();
    long refusalsFrom = collector.end();
    long[] from = new long[honest().size()];
    for (int i = 0; i < from.length; i++) {
      from[i] = honest().get(i).log().end();
    }
    Attack.Expected outcome = attack.deed().in(this);
    long committed = 0;
    for (int i = 0; i < from.length; i++) {
      Device device = honest().get(i);
      long after = device.log().end();
      Waiting.until(device.name() + " goes on", () -> device.delivered(after) > 0);
      committed += device.delivered(from[i]);
      String id = Stolen.identity(device).device().toString();
      for (String refusal : world.collector().refusals(refusalsFrom)) {
        if (Log.field(refusal, "device").equals(Optional.of(id))) {
          throw new IOException("an honest device was refused: " + refusal);
        }
      }
    }
    return new Ending(attack, outcome, committed);
  }

  @Override
  public void close() {
    release();
    world.close();
  }
}
