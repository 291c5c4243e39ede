import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.*;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.*;
import org.w3c.dom.*;

/**
 * Asks the engine of veraPDF about files: {@code java -cp JAR VeraPDF.java PDFA-2A,PDFUA-1 FILE…}
 *
 * <p>Prints lines of fields between tabs: the number of the file, the profile, and then either “passed” and a number of
 * checks; or “failed”, clause, number of the test, number of checks, and what the rule demands; or “broken” and why.
 * The profiles are read from the jar by DOM, since veraPDF's own way would need a JAXB that the jar does not have.
 */
public class VeraPDF {
    static final PrintStream OUT = new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : arguments[0].split(",")) {
            ValidationProfile profile = profile(name);
            for (int n = 1; n < arguments.length; n++) {
                try {
                    report(n - 1 + "\t" + name, profile, new File(arguments[n]));
                } catch (Exception | StackOverflowError error) {
                    say(n - 1 + "\t" + name, "broken", error);
                }
            }
        }
    }

    static void report(String start, ValidationProfile profile, File file) throws Exception {
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        try (PDFAParser parser = foundry.createParser(file, profile.getPDFAFlavour());
                PDFAValidator validator = foundry.createValidator(profile, 1, false, false, false)) {
            ValidationResult result = validator.validate(parser);
            int failed = 0;
            for (Map.Entry<RuleId, Integer> each : result.getFailedChecks().entrySet()) {
                RuleId id = each.getKey();
                String rule = profile.getRuleByRuleId(id).getDescription();
                say(start, "failed", id.getClause(), id.getTestNumber(), each.getValue(), rule);
                failed += each.getValue();
            }
            say(start, "passed", result.getTotalAssertions() - failed);
        }
    }

    static void say(String start, Object... fields) {
        StringBuilder line = new StringBuilder(start);
        for (Object field : fields) line.append('\t').append(String.valueOf(field).trim().replaceAll("\\s+", " "));
        OUT.println(line);
    }

    static ValidationProfile profile(String name) throws Exception {
        Element root;
        try (InputStream in = VeraPDF.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element each : all(root, "rule")) rules.add(rule(each));
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element each : all(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                each.getAttribute("name"), each.getAttribute("object"), text(each, "defaultValue"), text(each, "value")));
        }
        ProfileDetails details = Profiles.profileDetailsFromValues(name, name, "", new Date(0));
        PDFAFlavour flavour = PDFAFlavour.valueOf(root.getAttribute("flavour"));
        return Profiles.profileFromValues(flavour, details, "", rules, variables);
    }

    static Rule rule(Element rule) {
        Element id = all(rule, "id").get(0);
        RuleId number = Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        return Profiles.ruleFromValues(
            number, rule.getAttribute("object"), Boolean.valueOf(rule.getAttribute("deferred")), rule.getAttribute("tags"),
            text(rule, "description"), text(rule, "test"),
            Profiles.errorFromValues(text(rule, "message"), List.of()), List.of());
    }

    static String text(Element parent, String name) {
        return all(parent, name).get(0).getTextContent().trim();
    }

    static List<Element> all(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int n = 0; n < found.getLength(); n++) elements.add((Element) found.item(n));
        return elements;
    }
}
