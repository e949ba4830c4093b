package dev.pgherd.rest;

/** A method on a path, and what it does. */
record Route(String method, PathTemplate path, Operation operation) {

    static Route of(String method, String path, Operation operation) {
        return new Route(method, new PathTemplate(path), operation);
    }

    boolean hasBody() {
        return method.equals("POST") || method.equals("PATCH");
    }
}
