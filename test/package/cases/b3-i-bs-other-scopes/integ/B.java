import org.springframework.context.annotation.Scope;

@Scope("web")
class B {}
