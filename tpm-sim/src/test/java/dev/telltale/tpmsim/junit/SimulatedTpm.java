package dev.telltale.tpmsim.junit;

import dev.telltale.tpmsim.swtpm.SwtpmProvisioner;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Resolves parameters of type {@link SimTpm}. The first such parameter of every method of one test
 * is the same TPM, the second a second one. Each is taken from a {@link TpmPool} within
 * milliseconds and destroyed after the test.
 */
public final class SimulatedTpm implements ParameterResolver, ExecutionCondition {
  private static final Namespace NAMESPACE = Namespace.create(SimulatedTpm.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return SwtpmProvisioner.available()
        ? ConditionEvaluationResult.enabled("swtpm is installed")
        : ConditionEvaluationResult.disabled(
            "swtpm is not installed: sudo apt-get install swtpm swtpm-tools");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SimTpm.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TpmPool pool =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(TpmPool.class, _ -> TpmPool.openDefault(), TpmPool.class);
    // The unique id keeps a TPM of a class apart from those of its tests, which see its store.
    List<Object> key = List.of(context.getUniqueId(), ordinal(parameter));
    return context.getStore(NAMESPACE).getOrComputeIfAbsent(key, _ -> take(pool), SimTpm.class);
  }

  private static SimTpm take(TpmPool pool) {
    try {
      return pool.take();
    } catch (IOException e) {
      throw new ParameterResolutionException(String.valueOf(e.getMessage()), e);
    }
  }

  private static long ordinal(ParameterContext parameter) {
    Parameter[] all = parameter.getDeclaringExecutable().getParameters();
    return Arrays.stream(all)
        .limit(parameter.getIndex())
        .filter(other -> other.getType() == SimTpm.class)
        .count();
  }
}
