package dev.pgherd.devcluster.apiserver.schema;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;

/** CEL as Kubernetes speaks it: some variables, and the functions for quantities. */
public final class CelEnvironment {

    private static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");

    private final CelCompiler compiler;
    private final CelRuntime runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .addFunctionBindings(
                    CelFunctionBinding.from("is_quantity_string", String.class, KubernetesQuantity::isQuantity),
                    CelFunctionBinding.from("string_to_quantity", String.class, KubernetesQuantity::parse),
                    CelFunctionBinding.from(
                            "quantity_is_greater_than",
                            KubernetesQuantity.class,
                            KubernetesQuantity.class,
                            (left, right) -> left.compareTo(right) > 0),
                    CelFunctionBinding.from(
                            "quantity_is_less_than",
                            KubernetesQuantity.class,
                            KubernetesQuantity.class,
                            (left, right) -> left.compareTo(right) < 0),
                    CelFunctionBinding.from(
                            "quantity_compare_to", KubernetesQuantity.class, KubernetesQuantity.class, (left, right) ->
                                    (long) left.compareTo(right)))
            .build();

    /** An environment in which expressions know these variables, of whatever type. */
    public CelEnvironment(String... variables) {
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addFunctionDeclarations(
                        global("isQuantity", "is_quantity_string", SimpleType.BOOL),
                        global("quantity", "string_to_quantity", QUANTITY),
                        member("isGreaterThan", "quantity_is_greater_than", SimpleType.BOOL),
                        member("isLessThan", "quantity_is_less_than", SimpleType.BOOL),
                        member("compareTo", "quantity_compare_to", SimpleType.INT));
        for (var variable : variables) {
            builder.addVar(variable, SimpleType.DYN);
        }
        this.compiler = builder.build();
    }

    public CelRuntime.Program compile(String rule) throws CelValidationException, CelEvaluationException {
        return runtime.createProgram(compiler.compile(rule).getAst());
    }

    private static CelFunctionDecl global(String name, String id, CelType result) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload(id, result, SimpleType.STRING));
    }

    private static CelFunctionDecl member(String name, String id, CelType result) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newMemberOverload(id, result, QUANTITY, QUANTITY));
    }
}
